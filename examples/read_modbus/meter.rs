//! Which meter it is: its register map, and which of its registers are meant.

use core::time::Duration;

use modbus_regmap::map::{Device, Register, RegisterMap};
use modbus_regmap::models;
use modbus_regmap::plan::{Place, Plan, PlanItem, Selection};

use crate::maps::{self, Points};
use crate::sample;

/// Where a register map comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// The meter that is shown without arguments.
    Sample,
    /// A model, by name.
    Model(String),
    /// A map file, or the name of a model.
    Map(String),
    /// Registers in one line each, and whether each has to say its type.
    Points(Vec<String>, bool),
    /// What the device says of itself.
    SunSpec,
}

/// What is known of a meter before it is asked.
pub(crate) struct Meter {
    /// `None` if the device is asked for it.
    pub(crate) map: Option<RegisterMap<'static>>,
    pub(crate) warnings: Vec<String>,
}

impl Source {
    /// `usual_pause` is that of points that do not say it.
    pub(crate) fn load(&self, usual_pause: Duration) -> Result<Meter, String> {
        let map = match self {
            Self::Sample => Some(model(sample::MODEL)?),
            Self::Model(name) => Some(model(name)?),
            Self::Map(name) => Some(maps::named(name)?),
            Self::Points(texts, is_strict) => {
                let Points { map, warnings } = Points::parse(texts, *is_strict, usual_pause)?;
                let map = Some(map);
                return Ok(Meter { map, warnings });
            }
            Self::SunSpec => None,
        };
        let warnings = Vec::new();
        Ok(Meter { map, warnings })
    }
}

fn model(name: &str) -> Result<RegisterMap<'static>, String> {
    models::find(name)
        .map(|model| model.map())
        .ok_or_else(|| format!("there is no model {name:?}; --list names all"))
}

impl Meter {
    pub(crate) fn device(&self) -> Option<&Device<'static>> {
        self.map.as_ref().map(RegisterMap::device)
    }

    /// The SunSpec model that it is, if it is one of those that are known, perhaps with other
    /// registers than we know.
    pub(crate) fn sunspec(&self) -> Option<SunSpecModel> {
        let map = self.map.clone()?;
        let is_it = |model: &&models::Model| model.device().name() == map.device().name();
        let name = models::list().iter().find(is_it)?.name();
        let number = name.strip_prefix("sunspec-model-")?.parse().ok()?;
        Some(SunSpecModel { number, name, map })
    }
}

/// A model, and what is known of its registers.
pub(crate) struct SunSpecModel {
    pub(crate) number: u16,
    pub(crate) name: &'static str,
    pub(crate) map: RegisterMap<'static>,
}

impl SunSpecModel {
    pub(crate) fn of_number(number: u16) -> Option<Self> {
        let model = models::sunspec(number)?;
        Some(Self {
            number,
            name: model.name(),
            map: model.map(),
        })
    }
}

/// Registers that lie together.
pub(crate) struct Part {
    pub(crate) map: RegisterMap<'static>,
    pub(crate) place: Place,
    /// The model, where a device has several.
    pub(crate) model: Option<&'static str>,
    /// Where that model begins, since a device may have it more than once.
    pub(crate) at: Option<u16>,
    /// Which copy of a group that is repeated.
    pub(crate) group: Option<usize>,
}

impl Part {
    /// A map with nothing beside it.
    pub(crate) const fn whole(map: RegisterMap<'static>, place: Place) -> Self {
        Self {
            map,
            place,
            model: None,
            at: None,
            group: None,
        }
    }

    /// The registers that the device has in this part.
    pub(crate) fn registers(&self) -> impl Iterator<Item = &Register<'static>> {
        let place = self.place;
        let is_there = move |register: &&Register<'_>| {
            let (address, count) = (register.address(), register.count());
            place.lists(address) && place.address(address, count).is_some()
        };
        self.map.registers().iter().filter(is_there)
    }

    /// The fewest requests for some of its registers.
    pub(crate) fn plan<'a>(
        &'a self,
        names: &'a [&'a str],
    ) -> Result<Plan<'a, Vec<PlanItem>>, String> {
        self.map
            .plan_at(self.place, Selection::Names(names))
            .map_err(|error| error.to_string())
    }

    /// What stands above its table.
    pub(crate) fn title(&self) -> String {
        let mut title = self.map.device().name().to_owned();
        if let Some(at) = self.at {
            title += &format!(" at {at}");
        }
        if let Some(group) = self.group {
            title += &format!(", group {group}");
        }
        title
    }
}

/// Which registers are meant.
#[derive(Clone, Copy)]
pub(crate) enum Choice<'o> {
    /// Those that the meter measures.
    Measured,
    /// Those that are shown without arguments.
    Sample,
    /// All.
    All,
    /// Those of these names or quantities, in the words of the map or our own.
    Words(&'o [String]),
}

impl Choice<'_> {
    /// The registers of one of the parts that are meant, by name.
    pub(crate) fn names<'m>(&self, part: &'m Part, parts: &[Part]) -> Vec<&'m str> {
        let named = |is_meant: &dyn Fn(&Register<'_>) -> bool| -> Vec<&'m str> {
            let registers = part
                .registers()
                .filter(|register| Selection::All.contains(register) && is_meant(register));
            registers.map(Register::name).collect()
        };
        match self {
            Self::All => named(&|_| true),
            Self::Sample => named(&|register| sample::SHOWN.contains(&register.name())),
            Self::Measured => {
                let measured = named(&|register| Selection::Measured.contains(register));
                // A map may be without quantities.
                if measured.is_empty() {
                    named(&|_| true)
                } else {
                    measured
                }
            }
            Self::Words(words) => {
                let is_name = |word: &str| {
                    let mut registers = parts.iter().flat_map(Part::registers);
                    registers.any(|register| register.name() == word)
                };
                named(&|register| {
                    words.iter().any(|word| match is_name(word) {
                        true => register.name() == word,
                        false => is_about(register, word),
                    })
                })
            }
        }
    }

    /// The first word that means nothing in any of the parts.
    pub(crate) fn unknown(&self, parts: &[Part]) -> Option<&str> {
        let Self::Words(words) = self else {
            return None;
        };
        let is_known = |word: &&String| {
            let mut registers = parts.iter().flat_map(Part::registers);
            registers.any(|register| {
                let is_meant = register.name() == word.as_str() || is_about(register, word);
                is_meant && Selection::All.contains(register)
            })
        };
        words
            .iter()
            .find(|word| !is_known(word))
            .map(String::as_str)
    }
}

fn is_about(register: &Register<'_>, quantity: &str) -> bool {
    register.quantity_word() == Some(quantity) || register.channel().quantity.name() == quantity
}
