//! `new kpi`.

use crate::{
    cli::{Failure, Outcome, Volume, args::NewKpiArgs, ask::Empty, session::Session},
    model::{Every, Id, Visibility},
    scaffold::{self, NewKpi},
};

use super::{department_of, form::Form, objective_of, person_of, write};

const BETTER: [&str; 3] = ["higher", "lower", "within"];
const EVERY: [&str; 3] = ["month", "week", "quarter"];

pub(super) fn run(arguments: &NewKpiArgs, _volume: Volume) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let mut form = Form::new(&session, &arguments.common);
    let mut new = given(arguments, &session)?;
    if form.is_asked() {
        put_questions(arguments, &mut form, &mut new)?;
    }
    if new.title.is_empty() {
        let id = arguments.id.as_deref().ok_or_else(|| Failure(session.voice.word("new.kpi.no-title")))?;
        new.title = id.to_owned();
    }
    let every = match new.every.as_str() {
        "week" => Every::Week,
        "quarter" => Every::Quarter,
        _ => Every::Month,
    };
    if let Some(running) = every.around(session.scorecard.as_of, session.workspace.config.calendar) {
        new.first = running;
    }
    let file = scaffold::kpi(&new, &session.words);
    form.tell(&file, true)?;
    write(&session, &file)?;
    Ok(Outcome::Fine)
}

fn given(arguments: &NewKpiArgs, session: &Session) -> Result<NewKpi, Failure> {
    let supports = arguments.supports.as_deref().map(|it| objective_of(session, it)).transpose()?;
    let running = Every::Month.around(session.scorecard.as_of, session.workspace.config.calendar);
    Ok(NewKpi {
        id: arguments.id.as_deref().map(Id::new),
        title: arguments.title.clone().unwrap_or_default(),
        department: arguments.department.as_deref().map(|it| department_of(session, it)).transpose()?,
        owner: arguments.owner.as_deref().map(|it| person_of(session, it)).transpose()?,
        unit: arguments.unit.clone(),
        better: arguments.better.map_or("higher", |it| it.name()).to_owned(),
        every: arguments.every.map_or("month", |it| it.name()).to_owned(),
        target: arguments.target.clone(),
        weight: arguments.weight.clone(),
        supports: supports.map(|at| session.workspace.objectives[at].id.clone()),
        first: running.expect("a day of the calendar lies in a month"),
    })
}

fn put_questions(arguments: &NewKpiArgs, form: &mut Form<'_>, new: &mut NewKpi) -> Result<(), Failure> {
    let words = form.words();
    if arguments.title.is_none() {
        let default = arguments.id.clone();
        new.title = form.line("new.ask.kpi", default.as_deref(), Empty::Refused)?.unwrap_or_default();
        form.tell(&scaffold::kpi(new, words), false)?;
    }
    if arguments.department.is_none() {
        new.department = form.department("new.ask.department")?;
    }
    if arguments.owner.is_none() {
        new.owner = form.person("new.ask.owner")?;
    }
    if arguments.unit.is_none() {
        new.unit = form.line("new.ask.kpi-unit", None, Empty::Fine)?;
    }
    if arguments.every.is_none() {
        let names = EVERY.map(|it| words.word(&format!("new.ask.every.{it}")));
        new.every = EVERY[form.choice("new.ask.how-often", &names, None)?.unwrap_or(0)].to_owned();
    }
    if arguments.better.is_none() {
        let names = BETTER.map(|it| words.word(&format!("new.ask.better.{it}")));
        new.better = BETTER[form.choice("new.ask.which-way", &names, None)?.unwrap_or(0)].to_owned();
    }
    if arguments.target.is_empty() {
        let key = if new.better == "within" { "new.ask.range" } else { "new.ask.kpi-target" };
        let typed = form.line(key, None, Empty::Fine)?.unwrap_or_default();
        let parts = |text: &str| text.split([';', '–']).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
        new.target = if new.better == "within" { parts(&typed) } else { Vec::from_iter((!typed.is_empty()).then_some(typed)) };
        form.tell(&scaffold::kpi(new, words), false)?;
    }
    if arguments.weight.is_none() {
        new.weight = form.line("new.ask.weight", None, Empty::Fine)?;
        form.tell(&scaffold::kpi(new, words), false)?;
    }
    if arguments.supports.is_none() {
        let open: Vec<_> = form.session.workspace.objectives.iter().filter(|it| it.period.last() >= form.session.scorecard.as_of).collect();
        let titles: Vec<String> = open.iter().map(|it| it.title.clone()).collect();
        new.supports = form.choice("new.ask.compass", &titles, Some("new.ask.no-compass"))?.map(|at| open[at].id.clone());
    }
    Ok(())
}
