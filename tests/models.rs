//! The constants of meter models say what the files of the models say.
//!
//! `UPDATE_EXPECT=1 cargo test --test models` writes them anew, from `modbus-regmap/models` to
//! `modbus-regmap/src/models/table`; without the variable they are compared.

#![allow(clippy::std_instead_of_alloc, clippy::expect_used, clippy::panic)]

use core::fmt::{Debug, Write};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use meter_units::{Channel, Direction, Per, Phase, Span, Statistic, Unit};
use modbus_regmap::Table;
use modbus_regmap::encoding::{Charset, Encoding, Marker, Order, Scale, Width};
use modbus_regmap::map::{Access, Device, Parity, Register, RegisterMap, StopBits, UnitCodes};
use modbus_regmap::models;

#[test]
fn constants_are_those_of_the_files() {
    let files = files();
    let mut code = BTreeMap::new();
    let mut modules = BTreeMap::new();
    for (name, text) in &files {
        let map = read(name, text);
        let (mut head, registers) = (head(name, &map), File::registers(&map));
        match modules.get(&registers) {
            // such as those of meters with one, two and three phases
            Some(first) => writeln!(head, "{STATIC} super::{first}::REGISTERS;").expect("room"),
            None => {
                head.push_str(&registers);
                modules.insert(registers, module(name));
            }
        }
        code.insert(format!("{}.rs", module(name)), head);
    }
    code.insert("mod.rs".to_owned(), list(&files));

    let folder = root().join("src/models/table");
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(&folder).expect("a folder for the constants");
        for (file, code) in &code {
            fs::write(folder.join(file), code).expect("a file that can be written");
        }
        return;
    }
    let hint = "write them with `UPDATE_EXPECT=1 cargo test --test models`";
    for (file, code) in &code {
        let committed = fs::read_to_string(folder.join(file)).unwrap_or_default();
        assert!(committed == *code, "{file} differs from its model; {hint}");
    }
    let committed = fs::read_dir(&folder).expect("the folder of the constants");
    assert_eq!(committed.count(), code.len(), "a model has no file; {hint}");
}

#[test]
fn every_model_is_as_its_file() {
    if env::var_os("UPDATE_EXPECT").is_some() {
        // what was compiled is what is being replaced
        return;
    }
    let files = files();
    assert_eq!(models::list().len(), files.len());
    for (name, text) in files {
        let file = read(&name, &text);
        let model = models::find(&name).expect("a model for each file");
        assert_eq!(model.device(), file.device(), "{name}");
        for (ours, theirs) in model.registers().iter().zip(file.registers()) {
            assert_eq!(ours, theirs, "{name}");
        }
        assert_eq!(model.registers().len(), file.registers().len(), "{name}");
    }
}

#[test]
fn confirmed_maps_have_confirmed_registers() {
    for model in models::list() {
        let registers = model.registers();
        let confirmed = registers
            .iter()
            .filter(|register| register.is_confirmed())
            .count();
        let verified = model.device().verified().name();
        match verified {
            "two-sources" => assert!(confirmed * 10 >= registers.len() * 6, "{}", model.name()),
            "partly-two-sources" => {
                assert!(
                    confirmed > 0 && confirmed * 10 < registers.len() * 6,
                    "{}",
                    model.name()
                );
            }
            "single-source" | "official-model" => assert_eq!(confirmed, 0, "{}", model.name()),
            other => panic!("{}: {other}", model.name()),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("modbus-regmap")
}

/// The name and the text of each model, by name.
fn files() -> BTreeMap<String, String> {
    let folder = fs::read_dir(root().join("models")).expect("the folder of the models");
    let files = folder.map(|entry| entry.expect("an entry of the folder").path());
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let named = files.map(|path| {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, fs::read_to_string(&path).expect("a text"))
    });
    named.collect()
}

fn read(name: &str, text: &str) -> RegisterMap<'static> {
    toml::from_str(text).unwrap_or_else(|error| panic!("{name}.toml: {error}"))
}

fn module(name: &str) -> String {
    name.replace('-', "_")
}

/// The file that names the others.
fn list(files: &BTreeMap<String, String>) -> String {
    let mut code = String::from(concat!(
        "//! All models. Made of the folder `models` of the crate; see [`super`].\n\n",
        "#![allow(unused_imports, reason = \"all files begin alike\")]\n\n",
        "use super::Model;\nuse super::build::model;\n\n",
    ));
    for name in files.keys() {
        writeln!(code, "#[rustfmt::skip]\nmod {};", module(name)).expect("room");
    }
    for (name, text) in files {
        let map = read(name, text);
        let (module, constant) = (module(name), module(name).to_uppercase());
        writeln!(code, "\n/// {}.", map.device().name()).expect("room");
        writeln!(code, "#[rustfmt::skip]").expect("room");
        writeln!(
            code,
            "pub const {constant}: Model = model({name:?}, &{module}::DEVICE, {module}::REGISTERS);"
        )
        .expect("room");
    }
    code.push_str("\n/// Every model, sorted by name.\npub(super) static ALL: &[Model] = &[\n");
    for name in files.keys() {
        writeln!(code, "    {},", module(name).to_uppercase()).expect("room");
    }
    code.push_str("];\n");
    code
}

/// How the code of the registers of a model begins.
const STATIC: &str = "pub(super) static REGISTERS: &[Register<'static>] =";

/// The code of one model up to its registers.
fn head(name: &str, map: &RegisterMap<'_>) -> String {
    let mut code = format!(
        "//! {}. Made of `models/{name}.toml`; see the module `models`.\n\n",
        map.device().name()
    );
    code.push_str(concat!(
        "use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, ",
        "Prefix as X, Quantity as Q};\n\n",
        "use crate::Table;\n",
        "use crate::encoding::{Encoding as E, Marker, Order};\n",
        "use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, ",
        "Verified};\n",
        "use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};\n\n",
    ));
    let device = device(map.device());
    writeln!(
        code,
        "pub(super) static DEVICE: Device<'static> = {device};\n"
    )
    .expect("room");
    code
}

/// The registers of one model: what they share, and then a line for each.
#[derive(Default)]
struct File {
    /// Expressions that several registers share, with the names of their constants.
    shared: Vec<(String, String)>,
    lines: String,
}

impl File {
    fn registers(map: &RegisterMap<'_>) -> String {
        let mut file = Self::default();
        for register in map.registers() {
            let line = file.register(register);
            writeln!(file.lines, "    {line},").expect("room");
        }
        let mut code = String::new();
        for (constant, value) in &file.shared {
            writeln!(code, "const {constant} = {value};").expect("room");
        }
        writeln!(code, "\n{STATIC} &[\n{}];", file.lines).expect("room");
        code
    }

    /// The name of a constant of that value, which is made if there is none.
    fn share(&mut self, stem: &str, kind: &str, value: String) -> String {
        let known = self.shared.iter().find(|(_, known)| *known == value);
        if let Some((constant, _)) = known {
            return constant.split(':').next().unwrap_or_default().to_owned();
        }
        let is_taken = |name: &str| {
            let start = format!("{name}:");
            self.shared
                .iter()
                .any(|(constant, _)| constant.starts_with(&start))
        };
        let numbered = (2..).map(|number| format!("{stem}_{number}"));
        let mut names = core::iter::once(stem.to_owned()).chain(numbered);
        let name = names.find(|name| !is_taken(name)).unwrap_or_default();
        self.shared.push((format!("{name}: {kind}"), value));
        name
    }

    fn register(&mut self, register: &Register<'_>) -> String {
        let table = match register.table() {
            Table::HoldingRegister => "holding",
            Table::InputRegister => "input",
            table => panic!("no word for {table:?}"),
        };
        let word = self.word(register);
        let unit = self.unit(register);
        let mut line = format!(
            "{table}({}, {:?}, {}, ({word}, {unit}))",
            register.address(),
            register.name(),
            encoding(register.encoding()),
        );
        let channel = register.channel();
        let mut add = |text: String| line.push_str(&text);
        if channel.phase != Phase::Total {
            add(format!(".phase(P::{:?})", channel.phase));
        }
        if channel.tariff != 0 {
            add(format!(".tariff({})", channel.tariff));
        }
        if register.scale() != Scale::ONE {
            let scale = register.scale().to_decimal().expect("a decimal");
            let coefficient = i64::try_from(scale.coefficient()).expect("few digits");
            assert!(!scale.is_negative(), "no word for a negative scale");
            add(format!(".times({coefficient}, {})", scale.exponent()));
        }
        if let Some(address) = register.scale_register() {
            add(format!(".with_scale_register({address})"));
        }
        if let Some(address) = register.unit_register() {
            let codes: UnitCodes = register.unit_codes();
            add(format!(
                ".with_unit_register({address}, UnitCodes::{codes:?})"
            ));
        }
        match register.not_available() {
            None => {}
            Some(Marker::Bits(bits)) => add(format!(".absent({bits:#x})")),
            Some(marker @ (Marker::Nan | Marker::Zeros)) => {
                add(format!(".with_not_available(Marker::{marker:?})"));
            }
            Some(marker) => panic!("no word for {marker:?}"),
        }
        match register.order() {
            Order::ABCD => {}
            Order::CDAB => add(".with_order(Order::CDAB)".to_owned()),
            order => panic!("no word for {order:?}"),
        }
        if register.access() != Access::Read {
            add(format!(".with_access(Access::{:?})", register.access()));
        }
        if let Some(table) = register.second_table() {
            add(format!(".with_second_table(Table::{table:?})"));
        }
        let is_plain = register.offset().is_zero() && register.round().is_none();
        assert!(is_plain && register.parts().is_none(), "no word for it");
        let labels: Vec<_> = register.labels().collect();
        if !labels.is_empty() {
            let name = self.share("LABELS", "&[(u64, &str)]", list_of(&labels));
            write!(line, ".with_labels({name})").expect("room");
        }
        let sources: Vec<_> = register.sources().collect();
        if !sources.is_empty() {
            let name = self.share("SOURCES", "&[&str]", list_of(&sources));
            write!(line, ".with_sources({name})").expect("room");
        }
        let conflicts: Vec<_> = register.conflicts().collect();
        if !conflicts.is_empty() {
            write!(line, ".with_conflicts({})", list_of(&conflicts)).expect("room");
        }
        if let Some(doubt) = register.doubt() {
            let name = self.share("DOUBT", "&str", format!("{doubt:?}"));
            write!(line, ".with_doubt({name})").expect("room");
        }
        line
    }

    fn word(&mut self, register: &Register<'_>) -> String {
        let Channel {
            medium,
            quantity,
            direction,
            statistic,
            span,
            ..
        } = register.channel();
        let word = register.quantity_word().expect("a quantity");
        let mut value = format!("word({word:?}, Medium({}), Q::{quantity:?})", medium.code());
        if direction != Direction::None {
            write!(value, ".direction(D::{direction:?})").expect("room");
        }
        match (statistic, span) {
            (Statistic::Average, Span::Moment) => value.push_str(".average()"),
            (Statistic::Maximum, Span::Moment) => value.push_str(".maximum()"),
            (Statistic::Instant, span) => assert_eq!(span, Span::usual_for(quantity)),
            (statistic, _) => panic!("no word for {statistic:?}"),
        }
        self.share(&constant(word), "Word", value)
    }

    fn unit(&mut self, register: &Register<'_>) -> String {
        let word = register.unit_word();
        let (Some(word), unit) = (word, register.unit()) else {
            assert_eq!(register.unit(), Some(Unit::ONE));
            return "ONE".to_owned();
        };
        let value = match unit {
            None => format!("(Some({word:?}), None)"),
            Some(unit) if unit.per() == Per::None => {
                format!(
                    "unit({word:?}, X::{:?}, B::{:?})",
                    unit.prefix(),
                    unit.base()
                )
            }
            Some(unit) => format!(
                "rate({word:?}, B::{:?}, Per::{:?})",
                unit.base(),
                unit.per()
            ),
        };
        self.share(&constant(word), "UnitWord", value)
    }
}

fn list_of(items: &[impl Debug]) -> String {
    format!("&{items:?}")
}

/// A word as the name of a constant.
fn constant(word: &str) -> String {
    let named = word.replace('%', "PERCENT ").to_uppercase();
    let parts = named.split(|letter: char| !letter.is_ascii_alphanumeric());
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

fn encoding(encoding: Encoding) -> String {
    let name = match encoding {
        Encoding::Unsigned(width) => format!("U{}", width.bits()),
        Encoding::Signed(width) => format!("I{}", width.bits()),
        Encoding::Enum(Width::W16) => "ENUM16".to_owned(),
        Encoding::Flags(Width::W16) => "BITFIELD16".to_owned(),
        Encoding::Flags(Width::W32) => "BITFIELD32".to_owned(),
        Encoding::Counter(Width::W32) => "ACC32".to_owned(),
        Encoding::Unix(Width::W32) => "UNIX32".to_owned(),
        Encoding::Text {
            registers,
            charset: Charset::Utf8,
        } => format!("text({registers})"),
        Encoding::Pad { registers } => format!("Pad {{ registers: {registers} }}"),
        Encoding::U8Hi
        | Encoding::U8Lo
        | Encoding::F32
        | Encoding::F64
        | Encoding::ScaleFactor
        | Encoding::BinaryTime
        | Encoding::Manufacturer => format!("{encoding:?}"),
        encoding => panic!("no word for {encoding:?}"),
    };
    format!("E::{name}")
}

fn device(device: &Device<'_>) -> String {
    let mut code = format!("Device::new({:?})", device.name());
    let mut add = |text: String| {
        code.push_str("\n    ");
        code.push_str(&text);
    };
    if let Some(vendor) = device.vendor() {
        add(format!(".with_vendor({vendor:?})"));
    }
    add(format!(".with_medium(Medium({}))", device.medium().code()));
    if let Some(word) = device.medium_word() {
        add(format!(".with_medium_word({word:?})"));
    }
    let order = match device.order() {
        Order::ABCD => "ABCD",
        Order::CDAB => "CDAB",
        order => panic!("no word for {order:?}"),
    };
    add(format!(
        ".with_defaults(Table::{:?}, Order::{order})",
        device.table()
    ));
    if let Some(serial) = device.serial() {
        assert_eq!(serial.stop_bits, StopBits::One);
        let parity = match serial.parity {
            Parity::None => String::new(),
            parity => format!(".with_parity(Parity::{parity:?})"),
        };
        add(format!(
            ".with_serial(SerialSettings::new({}){parity})",
            serial.baud
        ));
    }
    if device.max_registers() != Table::HoldingRegister.max_read() {
        add(format!(".with_max_registers({})", device.max_registers()));
    }
    if device.max_gap() != 0 {
        add(format!(".with_max_gap({})", device.max_gap()));
    }
    if device.even_counts() {
        add(".with_even_counts()".to_owned());
    }
    if device.even_starts() {
        add(".with_even_starts()".to_owned());
    }
    if device.whole_values() {
        add(".with_whole_values()".to_owned());
    }
    if device.has_relative_addresses() {
        add(".with_relative_addresses()".to_owned());
    }
    if let Some(length) = device.sunspec_length() {
        add(format!(".with_sunspec_length({length})"));
    }
    if let Some(pause) = device.pause() {
        add(format!(
            ".with_pause(Duration::from_millis({}))",
            pause.as_millis()
        ));
    }
    assert!(
        device.forbidden().is_empty(),
        "no word for forbidden addresses"
    );
    let sources: Vec<_> = device.sources().collect();
    add(format!(
        ".with_sources(Verified::{:?}, {})",
        device.verified(),
        list_of(&sources)
    ));
    let notes: Vec<_> = device.notes().collect();
    if !notes.is_empty() {
        add(format!(".with_notes({})", list_of(&notes)));
    }
    code
}
