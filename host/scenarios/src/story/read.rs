//! Reads stories from files.

use std::path::{Path, PathBuf};

use serde::de::{DeserializeOwned, Error};
use thiserror::Error;

use super::Story;

/// A story and where it was found.
#[derive(Clone, Debug)]
pub struct Located {
    /// Its file, from the folder that was asked for.
    pub file: PathBuf,
    /// The story.
    pub story: Story,
}

/// Why stories cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// A file or folder.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// No story in it.
    #[error("`{}` is no story: {cause}", path.display())]
    NoStory {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// Nothing there.
    #[error("there is no story in `{}`; stories are files that end in .toml", .0.display())]
    Nothing(PathBuf),
}

/// Reads a story, or all stories of a folder and its folders, by name. `requirements.toml` is no story.
///
/// # Errors
/// The first file that cannot be read.
pub fn read_all(path: &Path) -> Result<Vec<Located>, ReadError> {
    let mut files = Vec::new();
    gather(path, &mut files)?;
    files.sort();
    if files.is_empty() {
        return Err(ReadError::Nothing(path.to_owned()));
    }
    files.into_iter().map(|file| read(path, file)).collect()
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    let unreadable = |cause| ReadError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?.path();
        let story = entry.extension().is_some_and(|extension| extension == "toml");
        let list = entry.file_name().is_some_and(|name| name == "requirements.toml");
        if entry.is_dir() || story && !list {
            gather(&entry, files)?;
        }
    }
    Ok(())
}

fn read(root: &Path, path: PathBuf) -> Result<Located, ReadError> {
    let text = std::fs::read_to_string(&path).map_err(|cause| ReadError::Unreadable {
        path: path.clone(),
        cause,
    })?;
    let no_story = |cause: String| ReadError::NoStory {
        path: path.clone(),
        cause,
    };
    let story: Story = toml::from_str(&text).map_err(|error| no_story(error.to_string()))?;
    let mut problems = story.problems();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let first = story.id.as_slice().first().cloned().unwrap_or_default();
    if !name.unwrap_or_default().starts_with(&format!("{first}-")) {
        problems.push(format!(
            "its name does not begin with `{first}-`, the requirement it shows first"
        ));
    }
    if !problems.is_empty() {
        return Err(no_story(problems.join("; ")));
    }
    let file = path
        .strip_prefix(root)
        .ok()
        .filter(|rest| !rest.as_os_str().is_empty());
    Ok(Located {
        file: file.unwrap_or(&path).to_owned(),
        story,
    })
}

/// Takes a field out of a table.
pub(super) fn take<T: DeserializeOwned, E: Error>(
    table: &mut toml::Table,
    field: &str,
    told: &str,
) -> Result<Option<T>, E> {
    let Some(value) = table.remove(field) else {
        return Ok(None);
    };
    let read = dates_as_text(value).try_into().map(Some);
    read.map_err(|error: toml::de::Error| E::custom(format!("{told}`{field}`: {}", error.message())))
}

/// Reads what is left of a table.
pub(super) fn rest<T: DeserializeOwned, E: Error>(table: toml::Table, told: &str) -> Result<T, E> {
    let read = dates_as_text(toml::Value::Table(table)).try_into();
    read.map_err(|error: toml::de::Error| E::custom(format!("{told}{}", error.message())))
}

/// A tagged enum is read from a buffer that cannot hold the dates of TOML, but their text.
fn dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(date) => toml::Value::String(date.to_string()),
        toml::Value::Array(list) => toml::Value::Array(list.into_iter().map(dates_as_text).collect()),
        toml::Value::Table(table) => {
            let fields = table.into_iter().map(|(key, value)| (key, dates_as_text(value)));
            toml::Value::Table(fields.collect())
        }
        other => other,
    }
}
