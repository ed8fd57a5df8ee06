//! What no implementation can do without: a CRC by tables, and numbers out of bytes.

/// The CRC of RTU, eight bytes a step, from eight tables.
pub(crate) fn crc_by_8(bytes: &[u8]) -> u16 {
    let mut crc: u16 = 0xFFFF;
    let blocks = bytes.chunks_exact(8);
    let rest = blocks.remainder();
    for block in blocks {
        let [low, high] = crc.to_le_bytes();
        crc = TABLES[7][usize::from(block[0] ^ low)]
            ^ TABLES[6][usize::from(block[1] ^ high)]
            ^ TABLES[5][usize::from(block[2])]
            ^ TABLES[4][usize::from(block[3])]
            ^ TABLES[3][usize::from(block[4])]
            ^ TABLES[2][usize::from(block[5])]
            ^ TABLES[1][usize::from(block[6])]
            ^ TABLES[0][usize::from(block[7])];
    }
    for byte in rest {
        crc = crc >> 8 ^ TABLES[0][usize::from(crc as u8 ^ byte)];
    }
    crc
}

/// The registers in the bytes of the wire.
pub(crate) fn swapped<const N: usize>(bytes: &[u8]) -> [u16; N] {
    let mut values = [0; N];
    for (value, pair) in values.iter_mut().zip(bytes.chunks_exact(2)) {
        *value = u16::from_be_bytes([pair[0], pair[1]]);
    }
    values
}

static TABLES: [[u16; 256]; 8] = {
    let mut tables = [[0; 256]; 8];
    let mut n = 0;
    while n < 8 * 256 {
        let (table, byte) = (n / 256, n % 256);
        let mut crc = if table == 0 {
            byte as u16
        } else {
            tables[table - 1][byte]
        };
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xA001
            } else {
                crc >> 1
            };
            bit += 1;
        }
        tables[table][byte] = crc;
        n += 1;
    }
    tables
};
