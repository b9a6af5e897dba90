//! An author's file as text: what is front matter, what is prose, and where each thing stands.
//!
//! BOM, CRLF, control characters and prose that is nested without end stop here: behind this room every text is UTF-8
//! with LF that can be shown and parsed. A company's sheet, CSV or Excel, comes as rows of cells. It knows nothing of goals.

mod file;
mod nesting;
mod table;
mod usual;
mod yaml;

pub use file::{Head, SourceFile, flat};
pub use table::{Cell, ColumnError, Grid, MarksFound, Placed, Row, Table, folded, marks_of, read as read_table, read_grids};
pub use yaml::{At, Key, Node, Problem, ProblemKind, Value, parse};
