//! `new check-in`: what is owed, the last values, and the questions of the week.

use crate::{
    cli::{
        Failure, Outcome, Volume,
        args::NewCheckIn,
        ask::{self, Empty},
        session::Session,
    },
    compute::{self, Owing},
    model::{Date, Id, ObjectiveAt, Visibility, parse_day},
    scaffold::{self, Answers, NewFile},
};

use super::{form::Form, objective_of, person_of, write};

pub(super) fn run(arguments: &NewCheckIn, _volume: Volume) -> Result<Outcome, Failure> {
    // Whoever writes a check-in has the files before their eyes.
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let mut form = Form::new(&session, &arguments.common);
    let at = match &arguments.objective {
        Some(text) => objective_of(&session, text)?,
        None => chosen(&form)?,
    };
    let author = arguments.author.as_deref().map(|text| session.person(text)).transpose()?;
    let day = arguments.date.unwrap_or(session.scorecard.as_of);
    let mut answers = given(arguments, at, &session)?;
    let file = |answers: &Answers| {
        scaffold::check_in(&session.workspace, &session.scorecard, ObjectiveAt(at), day, author.as_ref(), answers, &session.words)
    };
    if form.is_asked() && arguments.has_no_answer() {
        put_questions(&mut form, at, author.as_ref(), &file, &mut answers)?;
    }
    let file = file(&answers);
    if !arguments.has_no_answer() || form.is_asked() {
        form.tell(&file, true)?;
    }
    write(&session, &file)?;
    Ok(Outcome::Fine)
}

/// The objective that is meant where none is named: one of those that run, what is owed longest first.
fn chosen(form: &Form<'_>) -> Result<usize, Failure> {
    let Session { workspace, scorecard, words, voice, .. } = form.session;
    let mut open: Vec<usize> = (0..workspace.objectives.len())
        .filter(|at| workspace.objectives[*at].period.contains(scorecard.as_of))
        .filter(|at| !matches!(scorecard.objectives[*at].status, crate::model::Status::Cancelled | crate::model::Status::Draft))
        .collect();
    let owed = compute::due(workspace, scorecard, Date::MAX);
    let day = |at: &usize| owed.iter().filter(|it| it.what == Owing::CheckIn(ObjectiveAt(*at))).map(|it| it.day).min();
    open.sort_by_key(|at| (day(at).unwrap_or(Date::MAX), *at));
    let line = |at: &usize| match day(at) {
        Some(day) => {
            words.say("new.ask.owed", &[("title", workspace.objectives[*at].title.as_str().into()), ("day", words.short_day(day).into())])
        }
        None => workspace.objectives[*at].title.clone(),
    };
    let titles: Vec<String> = open.iter().map(line).collect();
    let which = form.choice("new.ask.which-objective", &titles, None)?;
    which.map(|at| open[at]).ok_or_else(|| {
        let ids: Vec<String> = open.iter().take(12).map(|at| format!("`{}`", workspace.objectives[*at].id)).collect();
        Failure(voice.say("new.which-objective", &[("names", ids.join(", ").into())]))
    })
}

fn given(arguments: &NewCheckIn, at: usize, session: &Session) -> Result<Answers, Failure> {
    let mut answers = Answers {
        confidence: arguments.confidence.clone(),
        finished: arguments.finished.clone(),
        blocked: arguments.blocked.clone(),
        decision: arguments.decision.clone(),
        note: arguments.note.clone(),
        ..Answers::default()
    };
    for text in &arguments.value {
        let no = || Failure(session.voice.say("new.check-in.value-form", &[("value", text.as_str().into())]));
        let (key_result, value) = text.split_once('=').ok_or_else(no)?;
        answers.values.insert(key_result_of(key_result, at, session)?, value.trim().to_owned());
    }
    for text in &arguments.kpi {
        let no = || Failure(session.voice.say("new.check-in.kpi-form", &[("value", text.as_str().into())]));
        let (kpi, value) = text.split_once('=').ok_or_else(no)?;
        let (kpi, period) = kpi.split_once('@').map_or((kpi, None), |(kpi, period)| (kpi, Some(period)));
        let id = Id::new(kpi);
        let known = session.workspace.kpis.iter().find(|it| it.id == id || it.aliases.contains(&id)).ok_or_else(no)?;
        let running = known.every.around(session.scorecard.as_of, session.workspace.config.calendar);
        let period = period.map(|it| super::period_of(session, it)).transpose()?.or(running).ok_or_else(no)?;
        answers.kpis.push((known.id.clone(), period, value.trim().to_owned()));
    }
    for text in &arguments.next {
        answers.next.push(promise(text, session)?);
    }
    Ok(answers)
}

/// The key result that takes a value; a value of one that is none would be lost without a word.
fn key_result_of(text: &str, at: usize, session: &Session) -> Result<Id, Failure> {
    let id = Id::new(text);
    let open = || session.workspace.objectives[at].key_results.iter().filter(|it| scaffold::takes_value(it));
    if open().any(|it| it.id == id) {
        return Ok(id);
    }
    let names: Vec<String> = open().map(|it| format!("`{}` ({})", it.id, it.title)).collect();
    Err(Failure(session.voice.say("new.check-in.no-key-result", &[("value", text.into()), ("names", names.join(", ").into())])))
}

/// `What; who; 2026-08-21`, the last two at will.
fn promise(text: &str, session: &Session) -> Result<(String, Option<Id>, Option<Date>), Failure> {
    let mut parts = text.split(';').map(str::trim);
    let what = parts.next().unwrap_or_default().to_owned();
    let who = parts.next().filter(|it| !it.is_empty()).map(|it| person_of(session, it)).transpose()?;
    let no_day = || Failure(session.voice.say("new.check-in.next-form", &[("value", text.into())]));
    let by = parts.next().filter(|it| !it.is_empty()).map(|it| parse_day(it).ok_or_else(no_day)).transpose()?;
    Ok((what, who, by))
}

fn put_questions(
    form: &mut Form<'_>,
    at: usize,
    author: Option<&Id>,
    file: &dyn Fn(&Answers) -> NewFile,
    answers: &mut Answers,
) -> Result<(), Failure> {
    let Session { workspace, scorecard, words, .. } = form.session;
    let objective = &workspace.objectives[at];
    let who = author.or(objective.owner.as_ref());
    ask::say(&objective.title);
    for (key_result, score) in objective.key_results.iter().zip(&scorecard.objectives[at].key_results) {
        if !scaffold::takes_value(key_result) {
            continue;
        }
        let last = scaffold::last_value(key_result, score, words);
        ask::say(&format!("\n{}{}", key_result.title, last.map(|it| format!(" – {it}")).unwrap_or_default()));
        loop {
            let is_steps = matches!(key_result.measure, crate::model::Measure::Milestones(_));
            let key = if is_steps { "new.ask.steps-done" } else { "new.ask.value" };
            let Some(value) = form.line(key, None, Empty::Fine)? else { break };
            answers.values.insert(key_result.id.clone(), value);
            if !form.tell(&file(answers), false)? || form.is_kept()? {
                break;
            }
            answers.values.remove(&key_result.id);
        }
    }
    for due in compute::due(workspace, scorecard, scorecard.as_of) {
        let Owing::Value { kpi, period } = &due.what else { continue };
        // Whoever writes the check-in is asked for what they owe besides.
        if due.who.is_none() || due.who.as_ref() != who {
            continue;
        }
        let kpi = workspace.kpi(*kpi);
        let of = [("title", kpi.title.as_str().into()), ("period", words.period_inside(period).into())];
        ask::say(&format!("\n{}", words.say("new.ask.kpi-of", &of)));
        if let Some(value) = form.line("new.ask.value", None, Empty::Fine)? {
            answers.kpis.push((kpi.id.clone(), period.clone(), value));
            form.tell(&file(answers), false)?;
        }
    }
    let confidence = |text: &str| match text.parse::<f64>() {
        Ok(sure) if (0.0..=10.0).contains(&sure) => Ok(text.to_owned()),
        _ => Err(words.word("new.ask.no-confidence")),
    };
    answers.confidence = form.read("new.ask.confidence", None, Empty::Fine, confidence)?;
    answers.note = form.line("new.ask.note", None, Empty::Fine)?;
    answers.blocked.extend(form.line("new.ask.blocked", None, Empty::Fine)?);
    while answers.next.len() < 3 {
        let Some(what) = form.line("new.ask.next", None, Empty::Fine)? else { break };
        let who = form.person("new.ask.who")?;
        let read = |text: &str| parse_day(text).ok_or_else(|| words.word("new.ask.no-day"));
        answers.next.push((what, who, form.read("new.ask.by", None, Empty::Fine, read)?));
    }
    Ok(())
}
