//! `new department` and `new person`.

use crate::{
    cli::{
        Failure, Outcome, Volume,
        args::{NewDepartmentArgs, NewPersonArgs},
        ask::Empty,
        session::Session,
    },
    model::{Id, Visibility},
    scaffold,
};

use super::{department_of, form::Form, person_of, write};

pub(super) fn department(arguments: &NewDepartmentArgs, _volume: Volume) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let mut form = Form::new(&session, &arguments.common);
    let name = name(&form, arguments.name.as_deref(), arguments.id.as_deref(), "new.ask.department-name")?;
    let lead = match &arguments.lead {
        Some(text) => Some(person_of(&session, text)?),
        None => form.person("new.ask.lead")?,
    };
    let id = Id::new(arguments.id.as_deref().unwrap_or(&name));
    let file = scaffold::department(&id, &name, lead.as_ref(), &session.words);
    form.tell(&file, true)?;
    write(&session, &file)?;
    Ok(Outcome::Fine)
}

pub(super) fn person(arguments: &NewPersonArgs, _volume: Volume) -> Result<Outcome, Failure> {
    let session = Session::open(&arguments.common, Visibility::Restricted)?;
    let mut form = Form::new(&session, &arguments.common);
    let name = name(&form, arguments.name.as_deref(), arguments.id.as_deref(), "new.ask.person-name")?;
    let department = match &arguments.department {
        Some(text) => Some(department_of(&session, text)?),
        None => form.department("new.ask.department")?,
    };
    let role = match &arguments.role {
        Some(role) => Some(role.clone()),
        None => form.line("new.ask.role", None, Empty::Fine)?,
    };
    let id = Id::new(arguments.id.as_deref().unwrap_or(&name));
    let file = scaffold::person(&id, &name, department.as_ref(), role.as_deref(), &session.words);
    form.tell(&file, true)?;
    write(&session, &file)?;
    Ok(Outcome::Fine)
}

/// A name that a flag gives, else an answer, else the id.
fn name(form: &Form<'_>, flag: Option<&str>, id: Option<&str>, key: &str) -> Result<String, Failure> {
    if let Some(name) = flag {
        return Ok(name.to_owned());
    }
    let answer = form.line(key, id, Empty::Refused)?;
    answer.or(id.map(str::to_owned)).ok_or_else(|| Failure(form.session.voice.word("new.people.no-name")))
}
