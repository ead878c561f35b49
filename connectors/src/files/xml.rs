//! XML step by step, with nothing expanded and everything bounded.

use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::FileError;
use super::encoding::{self, BytesRead, Decoded, Measured};

/// Longest text, comment or tag.
const MOST_OF_ONE: u64 = 1 << 20;
/// Longest name of an element or attribute.
const MOST_OF_NAME: usize = 256;
/// Deepest nesting; the formats that are read need less than twenty.
const DEPTH: usize = 64;
/// Most attributes of an element.
const ATTRIBUTES: usize = 64;
/// Most texts of one element, which comments and references cut into pieces.
const MOST_TEXT: usize = 1 << 20;
/// An attached document in an invoice: skipped, however long it is.
const ATTACHMENT: &str = "EmbeddedDocumentBinaryObject";

/// What comes next in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// An element begins; [`Xml::path`] ends with its name.
    Opened,
    /// An element ends; [`Xml::path`] still ends with its name and [`Xml::text`] is what stood directly in it.
    Closed,
    /// Nothing is left.
    End,
}

/// A document that is read once, from its beginning to its end.
pub(crate) struct Xml {
    reader: Reader<Measured<BufReader<Lines<Decoded>>>>,
    buffer: Vec<u8>,
    /// Local names of the open elements, each behind a `/`.
    path: String,
    /// Length of `path` before each open element.
    lengths: Vec<usize>,
    attributes: Vec<(String, String)>,
    text: String,
    /// The element that was closed is still in `path`.
    closed: bool,
    /// An empty element was opened and closes next.
    empty: bool,
}

impl Xml {
    pub(crate) fn open(path: &Path, read: &BytesRead) -> Result<Self, FileError> {
        let mut head = BufReader::new(std::fs::File::open(path)?);
        let encoding = encoding::of_xml(head.fill_buf()?);
        let text = Lines {
            inner: encoding::decoded(path, encoding, read)?,
            ended: 0,
        };
        Ok(Self {
            reader: Reader::from_reader(Measured::new(BufReader::new(text), MOST_OF_ONE)),
            buffer: Vec::new(),
            path: String::new(),
            lengths: Vec::new(),
            attributes: Vec::new(),
            text: String::new(),
            closed: false,
            empty: false,
        })
    }

    /// Where the reading is: `/Invoice/cbc:ID` without prefixes, `/Invoice/ID`.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// What stood directly in the element that was closed, without spaces around it.
    pub(crate) fn text(&self) -> &str {
        self.text.trim()
    }

    /// An attribute of the element that was opened last, by its name with prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// All attributes of the element that was opened last.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The line that is being read, as far as it was read ahead.
    pub(crate) fn line(&self) -> u64 {
        self.reader.get_ref().inner().get_ref().ended + 1
    }

    /// The next step.
    pub(crate) fn step(&mut self) -> Result<Step, FileError> {
        if self.closed {
            self.closed = false;
            self.path.truncate(self.lengths.pop().unwrap_or_default());
            self.text.clear();
        }
        if self.empty {
            self.empty = false;
            self.closed = true;
            return Ok(Step::Closed);
        }
        loop {
            self.buffer.clear();
            let mut buffer = std::mem::take(&mut self.buffer);
            let step = self.event(&mut buffer);
            self.buffer = buffer;
            if let Some(step) = step? {
                return Ok(step);
            }
        }
    }

    /// Steps into the first element.
    pub(crate) fn enter(&mut self) -> Result<(), FileError> {
        loop {
            match self.step()? {
                Step::Opened => return Ok(()),
                Step::Closed => {}
                Step::End => {
                    return Err(FileError::Broken {
                        line: self.line(),
                        why: "it holds no element".into(),
                    });
                }
            }
        }
    }

    fn event(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Step>, FileError> {
        self.reader.get_mut().pause();
        let event = match self.reader.read_event_into(buffer) {
            Ok(event) => event,
            Err(_) if self.reader.get_ref().is_over() => {
                return Err(FileError::Hostile(format!(
                    "near line {}: one piece of the XML is longer than {} MiB",
                    self.line(),
                    MOST_OF_ONE >> 20
                )));
            }
            Err(error) => {
                return Err(FileError::Broken {
                    line: self.line(),
                    why: error.to_string().chars().take(200).collect(),
                });
            }
        };
        match event {
            Event::Start(start) => {
                let attached = start.local_name().as_ref() == ATTACHMENT;
                self.opened(&start)?;
                if attached {
                    self.skip_text()?;
                }
                return Ok(Some(Step::Opened));
            }
            Event::Empty(start) => {
                self.opened(&start)?;
                self.empty = true;
                return Ok(Some(Step::Opened));
            }
            Event::End(_) => {
                self.closed = true;
                return Ok(Some(Step::Closed));
            }
            Event::Text(text) => self.add(&text.xml10_content())?,
            Event::CData(text) => self.add(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                let character =
                    character.ok_or_else(|| self.hostile("the XML refers to an entity of its own"))?;
                self.add(character.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(self.hostile("the XML declares a document type of its own")),
            Event::Eof if self.lengths.is_empty() => return Ok(Some(Step::End)),
            Event::Eof => {
                return Err(FileError::Broken {
                    line: self.line(),
                    why: "it ends in the middle".into(),
                });
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
        Ok(None)
    }

    fn opened(&mut self, start: &BytesStart<'_>) -> Result<(), FileError> {
        let name = start.local_name();
        let name: &str = name.as_ref();
        if name.len() > MOST_OF_NAME {
            return Err(self.hostile("the XML has a name of more than 256 bytes"));
        }
        if self.lengths.len() >= DEPTH {
            return Err(self.hostile("the XML is nested deeper than 64 elements"));
        }
        self.lengths.push(self.path.len());
        self.path.push('/');
        self.path.push_str(name);
        self.text.clear();
        self.attributes.clear();
        for attribute in start.attributes().take(ATTRIBUTES) {
            let attribute = attribute.map_err(|error| FileError::Broken {
                line: self.line(),
                why: error.to_string(),
            })?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| self.hostile("the XML refers to an entity of its own"))?;
            let key: &str = attribute.key.as_ref();
            self.attributes.push((key.to_owned(), value.into_owned()));
        }
        Ok(())
    }

    fn add(&mut self, text: &str) -> Result<(), FileError> {
        if self.text.len().saturating_add(text.len()) > MOST_TEXT {
            return Err(self.hostile("one text of the XML is longer than 1 MiB"));
        }
        self.text.push_str(text);
        Ok(())
    }

    /// Passes over text up to the next tag.
    fn skip_text(&mut self) -> Result<(), FileError> {
        loop {
            self.reader.get_mut().pause();
            let mut stream = self.reader.stream();
            let bytes = stream.fill_buf()?;
            let end = bytes.iter().position(|byte| *byte == b'<');
            let count = end.unwrap_or(bytes.len());
            stream.consume(count);
            if end.is_some() || count == 0 {
                return Ok(());
            }
        }
    }

    fn hostile(&self, what: &str) -> FileError {
        FileError::Hostile(format!("near line {}: {what}", self.line()))
    }
}

/// Counts the lines that were read.
struct Lines<R> {
    inner: R,
    ended: u64,
}

impl<R: std::io::Read> std::io::Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = buffer.get(..count).unwrap_or_default();
        self.ended += read.iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(count)
    }
}
