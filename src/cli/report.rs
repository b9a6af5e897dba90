//! `report`: what a month or a period came to, for the board.

use std::collections::BTreeMap;

use crate::{
    compute::{self, ReportOf},
    model::{Period, PeriodKind, Visibility},
    render::{Envelope, Mailbox},
    site::{self, ReportForm},
    view::Length,
};

use super::{
    Failure, Outcome, Volume,
    args::{Report, ReportFormat},
    findings,
    session::Session,
};

pub(crate) fn run(arguments: &Report, volume: Volume) -> Result<Outcome, Failure> {
    let audience = arguments.common.audience.map_or(Visibility::Internal, Into::into);
    let session = Session::open(&arguments.common, audience)?;
    let period = period(arguments, &session)?;
    let of = match (&arguments.department, &arguments.person) {
        (Some(text), _) => ReportOf::Department(session.department(text)?),
        (None, Some(text)) => ReportOf::Person(session.person(text)?),
        (None, None) => ReportOf::Company,
    };
    let form = match (arguments.format, arguments.eml) {
        (ReportFormat::Mail, true) => {
            let read = |text: &String| {
                let no = || Failure(session.voice.say("cli.no-address", &[("value", text.as_str().into())]));
                Mailbox::parse(text).ok_or_else(no)
            };
            let from = arguments.from.as_ref().map(read).transpose()?;
            ReportForm::Eml(Envelope { from, to: arguments.to.iter().map(read).collect::<Result<_, _>>()? })
        }
        (_, true) => return Err(Failure(session.voice.word("cli.eml-is-mail"))),
        (ReportFormat::Mail, false) => ReportForm::Mail,
        (ReportFormat::Html, false) => ReportForm::Html,
        (ReportFormat::Md, false) => ReportForm::Markdown,
        (ReportFormat::Json, false) => ReportForm::Json,
    };
    let report = compute::report(&session.workspace, &session.scorecard, period, of);
    let (halves, quotes) = (session.own_half(), BTreeMap::new());
    let plan = session.plan(&halves, &quotes);
    let length = if arguments.appendix { Length::WithAppendix } else { Length::Short };
    // An empty one is none: a job hands on a variable that may not be set.
    let base_url = arguments.base_url.as_deref().filter(|it| !it.is_empty()).or(session.workspace.config.base_url.as_deref());
    let bytes = site::report(&plan, &report, &form, length, base_url)?;
    findings::deliver(arguments.out.as_deref(), &bytes)?;
    findings::count(&session, volume);
    Ok(session.outcome())
}

/// The month or period that was asked for; else the last month that is over.
fn period(arguments: &Report, session: &Session) -> Result<Period, Failure> {
    let calendar = session.workspace.config.calendar;
    let as_of = session.scorecard.as_of;
    let no = |key: &str, value: &str| Failure(session.voice.say(key, &[("value", value.into())]));
    let period = match (&arguments.month, &arguments.period) {
        (Some(text), _) => {
            let month = Period::parse(text, calendar).filter(|it| matches!(it.kind(), PeriodKind::Month(_)));
            month.ok_or_else(|| no("cli.no-month", text))?
        }
        (None, Some(text)) => Period::parse(text, calendar).ok_or_else(|| no("cli.no-period", text))?,
        (None, None) => {
            let day = as_of.first_of_month().yesterday().unwrap_or(as_of);
            Period::month(day.year(), day.month()).ok_or_else(|| Failure("the calendar ends here".to_owned()))?
        }
    };
    if period.first() > as_of {
        let args = [("period", period.to_string().into()), ("day", as_of.to_string().into())];
        return Err(Failure(session.voice.say("cli.not-begun", &args)));
    }
    Ok(period)
}
