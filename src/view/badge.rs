//! Badges for a wiki or a README: a period's or a department's progress on one line.

use crate::{
    charts::{self, Svg},
    compute::StatusCounts,
    model::Status,
    route::SitePath,
};

use super::Site;

/// A picture of its own.
#[derive(Clone, Debug)]
pub struct Badge {
    /// Where it stands.
    pub path: SitePath,
    /// The picture.
    pub svg: Svg,
}

/// One for the running period, and one for each department that has goals in it.
pub fn badges(site: &Site<'_>) -> Vec<Badge> {
    let Some(at) = site.scorecard.home() else { return Vec::new() };
    let score = &site.scorecard.periods[at];
    let period = &score.period;
    let mut counts = StatusCounts::default();
    score.objectives.iter().filter(|at| site.is_shown(**at)).for_each(|at| counts.add(&site.scorecard.objectives[*at]));
    let mut all = vec![badge(site, site.routes.company_badge(), &site.words.period(period), score.progress, &counts)];
    for (department, score) in site.workspace.departments.iter().zip(&site.scorecard.departments) {
        if let Some(own) = score.periods.iter().find(|it| it.period == *period) {
            let label = format!("{} · {}", site.department_name(&department.id), site.words.short_period(period));
            all.push(badge(site, site.routes.department_badge(&department.id), &label, own.progress, &own.counts));
        }
    }
    all
}

fn badge(site: &Site<'_>, path: SitePath, label: &str, progress: Option<f64>, counts: &StatusCounts) -> Badge {
    let words = site.words;
    let good = counts.good() + counts.of(Status::Achieved);
    let value = words
        .say("badge.value", &[("percent", words.percent_or_dash(progress).into()), ("n", good.into()), ("total", counts.total().into())]);
    Badge { path, svg: charts::badge(label, &value) }
}
