//! Each folder beside this file is a bench of one other implementation.
