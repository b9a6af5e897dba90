//! The compass ("kim chỉ nam"): which KPIs serve which objective, which objective guides which KPI, and where check-ins
//! speak of a KPI. Made once, for all pages ask.

use crate::model::{Measure, ObjectiveAt, Workspace};

/// Both ways, by places.
#[derive(Clone, Debug, Default)]
pub struct Compass {
    /// By KPI: the key results that it measures.
    pub measured: Vec<Vec<(ObjectiveAt, usize)>>,
    /// By KPI: the check-ins that give it a value, in order.
    pub told: Vec<Vec<usize>>,
    /// By objective: the KPIs that serve it or measure one of its key results, each once.
    pub kpis: Vec<Vec<usize>>,
}

impl Compass {
    /// Of a workspace.
    pub fn of(workspace: &Workspace) -> Self {
        let mut compass = Self {
            measured: vec![Vec::new(); workspace.kpis.len()],
            told: vec![Vec::new(); workspace.kpis.len()],
            kpis: vec![Vec::new(); workspace.objectives.len()],
        };
        for (at, check_in) in workspace.check_ins.iter().enumerate() {
            check_in.kpis().into_iter().for_each(|kpi| compass.told[kpi.0].push(at));
        }
        for (at, objective) in workspace.objectives.iter().enumerate() {
            for (index, key_result) in objective.key_results.iter().enumerate() {
                if let Measure::Kpi { kpi, .. } = key_result.measure {
                    compass.measured[kpi.0].push((ObjectiveAt(at), index));
                    compass.kpis[at].push(kpi.0);
                }
            }
        }
        for (at, kpi) in workspace.kpis.iter().enumerate() {
            kpi.supports.iter().for_each(|objective| compass.kpis[objective.0].push(at));
        }
        for kpis in &mut compass.kpis {
            kpis.sort_unstable();
            kpis.dedup();
        }
        compass
    }
}
