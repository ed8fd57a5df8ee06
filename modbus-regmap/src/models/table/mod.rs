use super::Model;
pub(super) static ALL: &[Model] = &[];
