//! `new objective`.

use crate::{
    cli::{Failure, Outcome, Volume, args::NewObjectiveArgs, ask::Empty, session::Session},
    model::{Id, Period, Visibility, parse_day},
    scaffold::{self, NewKeyResult, NewMeasure, NewObjective},
};

use super::{department_of, form::Form, objective_of, period_of, person_of, write};

/// More than these are too many, as the finding says.
const MOST: usize = 5;

pub(super) fn run(arguments: &NewObjectiveArgs, _volume: Volume) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let mut form = Form::new(&session, &arguments.common);
    let mut new = given(arguments, &session)?;
    if form.is_asked() {
        put_questions(arguments, &mut form, &mut new)?;
    }
    if new.title.is_empty() {
        let id = arguments.id.as_deref().ok_or_else(|| Failure(session.voice.word("new.objective.no-title")))?;
        new.title = id.to_owned();
    }
    let file = scaffold::objective(&new, &session.words);
    form.tell(&file, true)?;
    write(&session, &file)?;
    Ok(Outcome::Fine)
}

/// What flags answer.
fn given(arguments: &NewObjectiveArgs, session: &Session) -> Result<NewObjective, Failure> {
    let calendar = session.workspace.config.calendar;
    let running = || Period::quarter_of(session.scorecard.as_of, calendar).expect("a day of the calendar lies in a quarter");
    let key_results = arguments.key_result.iter().map(|text| {
        NewKeyResult::parse(text)
            .ok_or_else(|| Failure(session.voice.say("new.objective.key-result-form", &[("value", text.as_str().into())])))
    });
    let parent = arguments.parent.as_deref().map(|it| objective_of(session, it)).transpose()?;
    Ok(NewObjective {
        id: arguments.id.as_deref().map(Id::new),
        title: arguments.title.clone().unwrap_or_default(),
        period: arguments.period.as_deref().map_or_else(|| Ok(running()), |it| period_of(session, it))?,
        department: arguments.department.as_deref().map(|it| department_of(session, it)).transpose()?,
        owner: arguments.owner.as_deref().map(|it| person_of(session, it)).transpose()?,
        parent: parent.map(|at| session.workspace.objectives[at].id.clone()),
        key_results: key_results.collect::<Result<_, _>>()?,
        why: arguments.why.clone(),
    })
}

fn put_questions(arguments: &NewObjectiveArgs, form: &mut Form<'_>, new: &mut NewObjective) -> Result<(), Failure> {
    let words = form.words();
    if arguments.title.is_none() {
        let mut default = arguments.id.clone();
        loop {
            new.title = form.line("new.ask.objective", default.as_deref(), Empty::Refused)?.unwrap_or_default();
            // What the findings say of it is said at once; Enter keeps it all the same.
            if !form.tell(&scaffold::objective(new, words), false)? {
                break;
            }
            default = Some(new.title.clone());
        }
    }
    if arguments.period.is_none() {
        let calendar = form.session.workspace.config.calendar;
        let own = new.period.to_string();
        let no = |text: &str| form.session.words.say("new.ask.no-period", &[("value", text.into())]);
        let read = |text: &str| Period::parse(text, calendar).ok_or_else(|| no(text));
        new.period = form.read("new.ask.period", Some(&own), Empty::Refused, read)?.unwrap_or_else(|| new.period.clone());
    }
    if arguments.department.is_none() {
        new.department = form.department("new.ask.department")?;
    }
    if arguments.owner.is_none() {
        new.owner = form.person("new.ask.owner")?;
    }
    if arguments.key_result.is_empty() {
        while new.key_results.len() < MOST {
            let Some(key_result) = key_result(form, new.key_results.len())? else { break };
            new.key_results.push(key_result);
            if form.tell(&scaffold::objective(new, words), false)? && !form.is_kept()? {
                new.key_results.pop();
            }
        }
    }
    if arguments.why.is_none() {
        new.why = form.line("new.ask.why", None, Empty::Fine)?;
    }
    Ok(())
}

fn key_result(form: &Form<'_>, so_far: usize) -> Result<Option<NewKeyResult>, Failure> {
    let words = form.words();
    let empty = if so_far < 2 { Empty::Refused } else { Empty::Fine };
    crate::cli::ask::say(&words.say("new.ask.key-result-number", &[("n", (so_far + 1).into())]));
    let Some(title) = form.line("new.ask.key-result", None, empty)? else { return Ok(None) };
    let kinds = ["from-to", "at-least", "at-most", "steps", "done"].map(|it| words.word(&format!("new.ask.kind.{it}")));
    let kind = form.choice("new.ask.measure", &kinds, None)?.unwrap_or(0);
    let must = |key: &str| Ok::<_, Failure>(form.line(key, None, Empty::Refused)?.unwrap_or_default());
    let measure = match kind {
        0 => NewMeasure::FromTo(must("new.ask.start")?, must("new.ask.target")?),
        1 => NewMeasure::AtLeast(must("new.ask.bound")?),
        2 => NewMeasure::AtMost(must("new.ask.bound")?),
        3 => {
            NewMeasure::Steps(must("new.ask.steps")?.split([',', ';']).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect())
        }
        _ => {
            let read = |text: &str| parse_day(text).ok_or_else(|| words.word("new.ask.no-day"));
            let day = form.read("new.ask.due", None, Empty::Refused, read)?;
            NewMeasure::Done(day.map(|it| it.to_string()).unwrap_or_default())
        }
    };
    let unit = if kind < 3 { form.line("new.ask.unit", None, Empty::Fine)? } else { None };
    Ok(Some(NewKeyResult { title, measure, unit }))
}
