//! A KPI to be filled in.

use crate::{
    model::{Id, Period},
    words::{Words, yaml},
};

use super::{NewFile, objective::one_line};

/// What is known of a new KPI; figures are raw texts.
#[derive(Clone, Debug)]
pub struct NewKpi {
    /// Its id; made from the title without one.
    pub id: Option<Id>,
    /// As people call it.
    pub title: String,
    /// Whose.
    pub department: Option<Id>,
    /// Who answers for it.
    pub owner: Option<Id>,
    /// Of its values.
    pub unit: Option<String>,
    /// `higher`, `lower`, `within`.
    pub better: String,
    /// `week`, `month`, `quarter`.
    pub every: String,
    /// What it should be; of `within` two figures.
    pub target: Vec<String>,
    /// Its share in the owner's sheet.
    pub weight: Option<String>,
    /// The objective that is its compass.
    pub supports: Option<Id>,
    /// The period that the first value is for.
    pub first: Period,
}

/// The file of a KPI: `kpis/DEPARTMENT/ID.md`.
pub fn kpi(new: &NewKpi, words: &Words) -> NewFile {
    let told = |key: &str| words.word(&format!("new.kpi.{key}"));
    let mut text = "---\n".to_owned();
    text.push_str(&yaml::line("department", new.department.as_ref().map(Id::as_str), &words.word("new.objective.department")));
    text.push_str(&yaml::line("owner", new.owner.as_ref().map(Id::as_str), &words.word("new.objective.owner")));
    text.push_str(&yaml::line("unit", new.unit.as_deref(), &told("unit")));
    text.push_str(&format!("better: {}  # {}\n", yaml::text(&new.better), told("better")));
    text.push_str(&format!("every: {}  # week, month, quarter\n", yaml::text(&new.every)));
    match new.target.as_slice() {
        [] => text.push_str(&format!("# target: 95  # {}\n", told("target"))),
        [one] => text.push_str(&format!("target: {}  # {}\n", yaml::figure(one), told("target"))),
        several => {
            let figures: Vec<String> = several.iter().map(|it| yaml::figure(it)).collect();
            text.push_str(&format!("target: [{}]\n", figures.join(", ")));
        }
    }
    text.push_str(&format!("# amber: 10%  # {}\n", told("amber")));
    match &new.weight {
        Some(weight) => text.push_str(&format!("weight: {}  # {}\n", yaml::figure(weight), told("weight"))),
        None => text.push_str(&format!("# weight: 30%  # {}\n", told("weight"))),
    }
    match &new.supports {
        Some(id) => text.push_str(&format!("supports: [{}]  # {}\n", yaml::text(id.as_str()), told("supports"))),
        None => text.push_str(&format!("# supports: [id]  # {}\n", told("supports"))),
    }
    text.push_str(&format!("# pay_linked: true  # {}\n", told("pay-linked")));
    text.push_str(&format!("# formula: {}\n# source: {}\n", told("formula"), told("source")));
    text.push_str(&format!("values:\n  {}:  # {}\n---\n# {}\n", new.first, told("values"), one_line(&new.title)));
    let id = new.id.clone().unwrap_or_else(|| Id::new(&new.title));
    let department = new.department.as_ref().map(|it| format!("{it}/")).unwrap_or_default();
    NewFile { path: format!("kpis/{department}{id}.md"), text }
}
