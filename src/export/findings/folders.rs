//! Paths as they are seen from the folder in which the command runs.

/// Two folders, both told from one that holds them both: with `/` at the end, or empty where it is that one itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The one from which paths are told.
    pub here: String,
    /// The workspace.
    pub workspace: String,
}

impl Folders {
    /// The shortest way to a file of the workspace.
    pub(super) fn path(&self, file: &str) -> String {
        let full = format!("{}{file}", self.workspace);
        let shared = shared_folders(&self.here, &full);
        let up = "../".repeat(self.here[shared..].matches('/').count());
        format!("{up}{}", &full[shared..])
    }
}

/// How many bytes of whole folders two paths begin with alike.
fn shared_folders(folder: &str, path: &str) -> usize {
    let pairs = folder.split_inclusive('/').zip(path.split_inclusive('/'));
    pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::Folders;

    #[test]
    fn a_path_leads_from_here_to_the_file() {
        for (here, workspace, file, want) in [
            ("", "", "objectives/a.md", "objectives/a.md"),
            ("", "sample-data/sao-mai/", "a.md", "sample-data/sao-mai/a.md"),
            ("objectives/2026-q3/", "", "objectives/2026-q3/a.md", "a.md"),
            ("objectives/2026-q3/", "", "objectives/2026-q4/a.md", "../2026-q4/a.md"),
            ("objectives/", "", "scorebook.yaml", "../scorebook.yaml"),
            ("home/", "tmp/w/", "a.md", "../tmp/w/a.md"),
            ("mục-a/", "mục-b/", "a.md", "../mục-b/a.md"),
        ] {
            let folders = Folders { here: here.to_owned(), workspace: workspace.to_owned() };
            assert_eq!(folders.path(file), want, "{here} {workspace}");
        }
    }
}
