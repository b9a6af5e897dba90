//! "Did you mean".

/// What is longer is a text, and no slip of the pen in a name.
const LONGEST: usize = 200;

/// The name that a reader would have meant by `written`: at most a third of its letters away, the closest one,
/// the first of equals.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let wanted = written.to_lowercase();
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    let allowed = length / 3;
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        // Every letter too many is one away; the first look spares a long name's letters from being counted.
        if name.len() > (length + allowed) * 4 || name.chars().count().abs_diff(length) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_closest_name_within_a_third_is_meant() {
        let names = ["key_results", "period", "owner", "weight"];
        for (written, want) in [
            ("key_result", Some("key_results")),
            ("perod", Some("period")),
            ("wieght", Some("weight")),
            ("colour", None),
            ("ow", None),
            ("owr", None),
        ] {
            assert_eq!(nearest(written, names).as_deref(), want, "{written}");
        }
    }
}
