//! `explain`: what a finding means.

use crate::{
    diagnostic::{Code, nearest},
    words::Words,
};

use super::{Failure, Outcome, args::Explain, findings, session};

pub(crate) fn run(arguments: &Explain) -> Result<Outcome, Failure> {
    let language = session::language_of(arguments.language.as_deref())?;
    let words = session::words_of(&language);
    let text = match &arguments.code {
        None => Code::ALL.iter().map(|code| line(&words, *code)).collect(),
        Some(name) => whole(&words, Code::parse(name.trim()).ok_or_else(|| unknown(name))?),
    };
    findings::print(text)?;
    Ok(Outcome::Fine)
}

fn unknown(name: &str) -> Failure {
    let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
    let meant = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Failure(format!("there is no finding with the code `{name}`{meant}; `scorebook explain` lists them all"))
}

fn line(words: &Words, code: Code) -> String {
    let title = words.explanation(code).map_or("", |it| it.title.as_str());
    format!("{:<22} {title}\n", code.name())
}

fn whole(words: &Words, code: Code) -> String {
    let Some(it) = words.explanation(code) else { return format!("{}\n", code.name()) };
    let severity = words.word(match code.severity() {
        crate::diagnostic::Severity::Error => "findings.severity.error",
        crate::diagnostic::Severity::Warning => "findings.severity.warning",
    });
    let part = |key: &str, text: &str| format!("{}\n{}", words.word(key), indented(text));
    [
        format!("{severity}[{}]: {}\n", code.name(), it.title),
        part("guide.what", &it.what),
        part("guide.why", &it.why),
        part("guide.bad", &it.bad),
        part("guide.good", &it.good),
        part("guide.mend", &it.mend),
    ]
    .join("\n")
}

fn indented(text: &str) -> String {
    text.trim_end().lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}
