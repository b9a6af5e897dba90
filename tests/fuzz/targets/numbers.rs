//! A text → a number, in both languages, with and without a unit; what is read is finite and is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scorebook::model::{Marks, Quoting, Unit, read_number};

const MARKS: [Marks; 2] = [Marks { decimal: ',', group: '.' }, Marks { decimal: '.', group: ',' }];

fuzz_target!(|parts: (String, String)| {
    let (raw, unit) = parts;
    let units = [None, Unit::new(&unit), Unit::new("%"), Unit::new("triệu ₫"), Unit::new("m")];
    for unit in &units {
        for marks in MARKS {
            for quoting in [Quoting::Plain, Quoting::Quoted] {
                if let Ok(Some(amount)) = read_number(&raw, quoting, unit.as_ref(), marks) {
                    assert!(amount.value.is_finite() && amount.decimals <= 12, "{amount:?}");
                }
            }
        }
    }
});
