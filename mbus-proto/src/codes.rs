//! The macros behind the code tables.

pub(crate) use meter_units::{
    __code_table as code_table, __serde_as_code as serde_as_code, __serde_as_text as serde_as_text,
};
