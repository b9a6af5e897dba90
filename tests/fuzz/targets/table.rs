//! Bytes → a sheet, by the name of one of its forms.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::source::{marks_of, read_table};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let name = ["a.csv", "a.tsv", "a.xlsx", "a.xlsm"][usize::from(choice % 4)];
    let Ok(table) = read_table(name, bytes, (choice & 4 != 0).then_some("x")) else { return };
    let names: Vec<String> = table.names().map(str::to_owned).collect();
    for name in &names {
        let Ok(column) = table.column(name) else { continue };
        for row in &table.rows {
            assert!(row.place(column).line > 0 && row.place(column).column > 0);
        }
    }
    let _ = marks_of(names.iter().map(String::as_str));
});
