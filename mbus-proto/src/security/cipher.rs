//! AES, and DES, in the ways in which meters use them.

use aes::cipher::array::Array;
use aes::cipher::{
    BlockCipherDecrypt, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyIvInit, StreamCipher,
};
use aes::{Aes128Dec, Aes128Enc};
use cmac::{Cmac, KeyInit, Mac as _};
use des::Des;
use subtle::ConstantTimeEq;

use crate::security::{DesKey, Key};

/// Decrypts the whole blocks of `data` in place by CBC if the first of them begins with `mark`
/// then; otherwise, and in what is left over, nothing changes.
pub(super) fn open_cbc(key: &Key, iv: [u8; 16], mark: &[u8], data: &mut [u8]) -> bool {
    let aes = Aes128Dec::new(key.expose_bytes().into());
    let (blocks, _) = Array::slice_as_chunks_mut(data);
    let Some(&(mut first)) = blocks.first() else {
        return false;
    };
    aes.decrypt_block(&mut first);
    let mut plain = first.iter().zip(iv).map(|(byte, iv)| byte ^ iv);
    let opens = mark.iter().all(|byte| plain.next() == Some(*byte));
    if opens {
        cbc::Decryptor::inner_iv_init(aes, &iv.into()).decrypt_blocks(blocks);
    }
    opens
}

/// Decrypts the blocks of 8 bytes of `data` in place by CBC with the initialization vector 0 if the
/// first of them begins with `mark` then; otherwise, and if there is a piece of a block, nothing
/// changes.
pub(super) fn open_des(key: &DesKey, mark: &[u8], data: &mut [u8]) -> bool {
    let des = key_schedule(key);
    let (blocks, rest) = Array::slice_as_chunks_mut(data);
    let (Some(&(mut first)), []) = (blocks.first(), rest) else {
        return false;
    };
    des.decrypt_block(&mut first);
    let opens = first.starts_with(mark);
    if opens {
        cbc::Decryptor::inner_iv_init(des, &[0; 8].into()).decrypt_blocks(blocks);
    }
    opens
}

/// The round keys, by shifts that are constant, which the compiler does not see: on its own, so that
/// this is all that is exempted from the proof that nothing panics.
#[inline(never)]
fn key_schedule(key: &DesKey) -> Des {
    Des::new(key.expose_bytes().into())
}

/// Encrypts the whole blocks of `data` in place by CBC; what is left over stays as it is.
pub(super) fn encrypt_cbc(key: &Key, iv: [u8; 16], data: &mut [u8]) {
    let mut cipher = cbc::Encryptor::<Aes128Enc>::new(key.expose_bytes().into(), &iv.into());
    let (blocks, _) = Array::slice_as_chunks_mut(data);
    cipher.encrypt_blocks(blocks);
}

/// Encrypts or decrypts `data` in place by CTR; the counter is the last byte of the block.
pub(super) fn apply_ctr(key: &Key, block: [u8; 16], data: &mut [u8]) {
    let mut cipher = ctr::Ctr128BE::<Aes128Enc>::new(key.expose_bytes().into(), &block.into());
    // Fails after 2^128 blocks.
    let _ = cipher.try_apply_keystream(data);
}

/// The authentication code over all parts in turn.
pub(super) fn cmac(key: &Key, parts: &[&[u8]]) -> [u8; 16] {
    let mut mac = Cmac::<Aes128Enc>::new(key.expose_bytes().into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether `mac` is the authentication code over all parts, cut to its length; in constant time.
pub(super) fn is_cmac(key: &Key, parts: &[&[u8]], mac: &[u8]) -> bool {
    let expected = cmac(key, parts);
    match expected.get(..mac.len()) {
        Some(expected) => expected.ct_eq(mac).into(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4493, 4.
    #[test]
    fn authentication_codes_are_those_of_the_specification() {
        let key: Key = "2b7e151628aed2a6abf7158809cf4f3c".parse().unwrap();
        let expected = [
            0xBB, 0x1D, 0x69, 0x29, 0xE9, 0x59, 0x37, 0x28, 0x7F, 0xA3, 0x7D, 0x12, 0x9B, 0x75,
            0x67, 0x46,
        ];
        assert_eq!(cmac(&key, &[]), expected);
        let message = [
            0x6B, 0xC1, 0xBE, 0xE2, 0x2E, 0x40, 0x9F, 0x96, 0xE9, 0x3D, 0x7E, 0x11, 0x73, 0x93,
            0x17, 0x2A,
        ];
        let mac = [
            0x07, 0x0A, 0x16, 0xB4, 0x6B, 0x4D, 0x41, 0x44, 0xF7, 0x9B, 0xDD, 0x9D, 0xD0, 0x4A,
            0x28, 0x7C,
        ];
        let parts: [&[u8]; 2] = [&message[..5], &message[5..]];
        assert!(is_cmac(&key, &parts, &mac));
        assert!(is_cmac(&key, &parts, &mac[..2]));
        assert!(!is_cmac(&key, &parts, &mac[1..]));
        assert!(!is_cmac(&key, &parts, &[0; 17]));
    }

    #[test]
    fn cbc_goes_round_and_leaves_what_is_no_block() {
        let key = Key::new([7; 16]);
        let mut data = [0x2F; 35];
        encrypt_cbc(&key, [1; 16], &mut data);
        let sealed = data;
        assert!(data[..32] != [0x2F; 32] && data[..16] != data[16..32]);
        assert_eq!(data[32..], [0x2F; 3]);
        assert!(!open_cbc(&key, [2; 16], &[0x2F, 0x2F], &mut data));
        assert_eq!(data, sealed);
        assert!(open_cbc(&key, [1; 16], &[0x2F, 0x2F], &mut data));
        assert_eq!(data, [0x2F; 35]);
        assert!(!open_cbc(&key, [1; 16], &[], &mut data[..15]));
    }
}
