//! What changed between two moments, for whoever asks without a site.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    compute::{Moment, ObjectiveChange},
    route::Routes,
    view,
    words::Words,
};

/// What changed between two moments, in words.
pub fn changes(
    before: Moment<'_>,
    after: Moment<'_>,
    changes: &[ObjectiveChange],
    words: &Words,
    routes: &Routes,
    heading: String,
) -> view::ChangesView {
    let quotes = BTreeMap::new();
    let (was, is) = (view::Compass::of(before.workspace), view::Compass::of(after.workspace));
    let seen = |moment, compass| alone(moment, compass, &quotes, words, routes);
    view::changes_view(&seen(before, &was), &seen(after, &is), changes, heading)
}

/// A moment as views see it, without a site around it.
fn alone<'a>(
    moment: Moment<'a>,
    compass: &'a view::Compass,
    quotes: &'a BTreeMap<(Arc<str>, u32), String>,
    words: &'a Words,
    routes: &'a Routes,
) -> view::Site<'a> {
    view::Site {
        workspace: moment.workspace,
        scorecard: moment.scorecard,
        compass,
        reports: &[],
        due: &[],
        findings: &[],
        kept: &[],
        quotes,
        words,
        routes,
        twins: &[],
        version: "",
    }
}
