//! All models. Made of the folder `models` of the crate; see [`super`].

#![allow(unused_imports, reason = "all files begin alike")]

use super::Model;
use super::build::model;

#[rustfmt::skip]
mod abb_b23_b24;
#[rustfmt::skip]
mod acrel_adw300;
#[rustfmt::skip]
mod algodue_upm209;
#[rustfmt::skip]
mod aquametro_calec_st;
#[rustfmt::skip]
mod artemes_am2;
#[rustfmt::skip]
mod bernecker_mpm3pm;
#[rustfmt::skip]
mod bgetech_ds100;
#[rustfmt::skip]
mod bgetech_ws100;
#[rustfmt::skip]
mod camille_bauer_aplus;
#[rustfmt::skip]
mod carlo_gavazzi_em24_e1;
#[rustfmt::skip]
mod carlo_gavazzi_em340;
#[rustfmt::skip]
mod chint_dtsu666;
#[rustfmt::skip]
mod dzg_dvh4013;
#[rustfmt::skip]
mod eastron_sdm120;
#[rustfmt::skip]
mod eastron_sdm220;
#[rustfmt::skip]
mod eastron_sdm230;
#[rustfmt::skip]
mod eastron_sdm54;
#[rustfmt::skip]
mod eastron_sdm630;
#[rustfmt::skip]
mod eastron_sdm72d_m_v2;
#[rustfmt::skip]
mod eastron_smart_x96_1a;
#[rustfmt::skip]
mod eig_shark_100;
#[rustfmt::skip]
mod eltako_dsz15dzmod;
#[rustfmt::skip]
mod finder_7e78;
#[rustfmt::skip]
mod finder_7m24;
#[rustfmt::skip]
mod finder_7m38;
#[rustfmt::skip]
mod garo_gnm3d;
#[rustfmt::skip]
mod inepro_pro380;
#[rustfmt::skip]
mod janitza_b23;
#[rustfmt::skip]
mod janitza_umg104;
#[rustfmt::skip]
mod janitza_umg511;
#[rustfmt::skip]
mod janitza_umg801;
#[rustfmt::skip]
mod janitza_umg806;
#[rustfmt::skip]
mod janitza_umg96rm_e;
#[rustfmt::skip]
mod kamstrup_6xx_legacy;
#[rustfmt::skip]
mod kamstrup_xx3_default;
#[rustfmt::skip]
mod kdk_2pu_ct;
#[rustfmt::skip]
mod lovato_dmg610;
#[rustfmt::skip]
mod onicon_system_10;
#[rustfmt::skip]
mod orno_we_516_517;
#[rustfmt::skip]
mod orno_we_525_526;
#[rustfmt::skip]
mod peacefair_pzem_016;
#[rustfmt::skip]
mod phoenix_contact_eem_350;
#[rustfmt::skip]
mod phoenix_contact_eem_em377;
#[rustfmt::skip]
mod phoenix_contact_eem_ma;
#[rustfmt::skip]
mod pqplus_umd96;
#[rustfmt::skip]
mod pqplus_umd97;
#[rustfmt::skip]
mod saia_ale3;
#[rustfmt::skip]
mod schneider_acti9_smartlink;
#[rustfmt::skip]
mod schneider_iem3000;
#[rustfmt::skip]
mod schneider_pm3200;
#[rustfmt::skip]
mod siemens_7kt1665;
#[rustfmt::skip]
mod siemens_pac1600;
#[rustfmt::skip]
mod siemens_pac2200;
#[rustfmt::skip]
mod siemens_pac3200;
#[rustfmt::skip]
mod siemens_sicam_t;
#[rustfmt::skip]
mod sinotimer_dts6619;
#[rustfmt::skip]
mod socomec_countis_e14;
#[rustfmt::skip]
mod socomec_countis_e34;
#[rustfmt::skip]
mod socomec_diris_a10;
#[rustfmt::skip]
mod socomec_diris_a14;
#[rustfmt::skip]
mod socomec_diris_b30;
#[rustfmt::skip]
mod solvimus_gateway_server;
#[rustfmt::skip]
mod sontex_supercal_531;
#[rustfmt::skip]
mod sunspec_model_1;
#[rustfmt::skip]
mod sunspec_model_101;
#[rustfmt::skip]
mod sunspec_model_102;
#[rustfmt::skip]
mod sunspec_model_103;
#[rustfmt::skip]
mod sunspec_model_111;
#[rustfmt::skip]
mod sunspec_model_112;
#[rustfmt::skip]
mod sunspec_model_113;
#[rustfmt::skip]
mod sunspec_model_120;
#[rustfmt::skip]
mod sunspec_model_160;
#[rustfmt::skip]
mod sunspec_model_201;
#[rustfmt::skip]
mod sunspec_model_202;
#[rustfmt::skip]
mod sunspec_model_203;
#[rustfmt::skip]
mod sunspec_model_204;
#[rustfmt::skip]
mod sunspec_model_211;
#[rustfmt::skip]
mod sunspec_model_212;
#[rustfmt::skip]
mod sunspec_model_214;
#[rustfmt::skip]
mod sunspec_model_802;
#[rustfmt::skip]
mod weidmueller_em525;
#[rustfmt::skip]
mod wirenboard_wb_map3e;
#[rustfmt::skip]
mod ziehl_efr4001ip;

/// ABB B23/B24.
#[rustfmt::skip]
pub const ABB_B23_B24: Model = model("abb-b23-b24", &abb_b23_b24::DEVICE, abb_b23_b24::REGISTERS);

/// Acrel ADW300.
#[rustfmt::skip]
pub const ACREL_ADW300: Model = model("acrel-adw300", &acrel_adw300::DEVICE, acrel_adw300::REGISTERS);

/// Algodue UPM209.
#[rustfmt::skip]
pub const ALGODUE_UPM209: Model = model("algodue-upm209", &algodue_upm209::DEVICE, algodue_upm209::REGISTERS);

/// Aquametro CALEC ST.
#[rustfmt::skip]
pub const AQUAMETRO_CALEC_ST: Model = model("aquametro-calec-st", &aquametro_calec_st::DEVICE, aquametro_calec_st::REGISTERS);

/// Artemes AM-2.
#[rustfmt::skip]
pub const ARTEMES_AM2: Model = model("artemes-am2", &artemes_am2::DEVICE, artemes_am2::REGISTERS);

/// Bernecker MPM3PM.
#[rustfmt::skip]
pub const BERNECKER_MPM3PM: Model = model("bernecker-mpm3pm", &bernecker_mpm3pm::DEVICE, bernecker_mpm3pm::REGISTERS);

/// B+G e-tech DS100.
#[rustfmt::skip]
pub const BGETECH_DS100: Model = model("bgetech-ds100", &bgetech_ds100::DEVICE, bgetech_ds100::REGISTERS);

/// B+G e-tech WS100.
#[rustfmt::skip]
pub const BGETECH_WS100: Model = model("bgetech-ws100", &bgetech_ws100::DEVICE, bgetech_ws100::REGISTERS);

/// Camille Bauer APLUS.
#[rustfmt::skip]
pub const CAMILLE_BAUER_APLUS: Model = model("camille-bauer-aplus", &camille_bauer_aplus::DEVICE, camille_bauer_aplus::REGISTERS);

/// Carlo Gavazzi EM24-E1 (Ethernet).
#[rustfmt::skip]
pub const CARLO_GAVAZZI_EM24_E1: Model = model("carlo-gavazzi-em24-e1", &carlo_gavazzi_em24_e1::DEVICE, carlo_gavazzi_em24_e1::REGISTERS);

/// Carlo Gavazzi EM330/EM340/ET330/ET340.
#[rustfmt::skip]
pub const CARLO_GAVAZZI_EM340: Model = model("carlo-gavazzi-em340", &carlo_gavazzi_em340::DEVICE, carlo_gavazzi_em340::REGISTERS);

/// Chint DTSU666.
#[rustfmt::skip]
pub const CHINT_DTSU666: Model = model("chint-dtsu666", &chint_dtsu666::DEVICE, chint_dtsu666::REGISTERS);

/// DZG DVH4013.
#[rustfmt::skip]
pub const DZG_DVH4013: Model = model("dzg-dvh4013", &dzg_dvh4013::DEVICE, dzg_dvh4013::REGISTERS);

/// Eastron SDM120.
#[rustfmt::skip]
pub const EASTRON_SDM120: Model = model("eastron-sdm120", &eastron_sdm120::DEVICE, eastron_sdm120::REGISTERS);

/// Eastron SDM220.
#[rustfmt::skip]
pub const EASTRON_SDM220: Model = model("eastron-sdm220", &eastron_sdm220::DEVICE, eastron_sdm220::REGISTERS);

/// Eastron SDM230.
#[rustfmt::skip]
pub const EASTRON_SDM230: Model = model("eastron-sdm230", &eastron_sdm230::DEVICE, eastron_sdm230::REGISTERS);

/// Eastron SDM54.
#[rustfmt::skip]
pub const EASTRON_SDM54: Model = model("eastron-sdm54", &eastron_sdm54::DEVICE, eastron_sdm54::REGISTERS);

/// Eastron SDM630.
#[rustfmt::skip]
pub const EASTRON_SDM630: Model = model("eastron-sdm630", &eastron_sdm630::DEVICE, eastron_sdm630::REGISTERS);

/// Eastron SDM72D-M v2.
#[rustfmt::skip]
pub const EASTRON_SDM72D_M_V2: Model = model("eastron-sdm72d-m-v2", &eastron_sdm72d_m_v2::DEVICE, eastron_sdm72d_m_v2::REGISTERS);

/// Eastron SMART X96-1A.
#[rustfmt::skip]
pub const EASTRON_SMART_X96_1A: Model = model("eastron-smart-x96-1a", &eastron_smart_x96_1a::DEVICE, eastron_smart_x96_1a::REGISTERS);

/// EIG Shark 100.
#[rustfmt::skip]
pub const EIG_SHARK_100: Model = model("eig-shark-100", &eig_shark_100::DEVICE, eig_shark_100::REGISTERS);

/// Eltako DSZ15DZMOD.
#[rustfmt::skip]
pub const ELTAKO_DSZ15DZMOD: Model = model("eltako-dsz15dzmod", &eltako_dsz15dzmod::DEVICE, eltako_dsz15dzmod::REGISTERS);

/// Finder 7E.78.8.400.0212.
#[rustfmt::skip]
pub const FINDER_7E78: Model = model("finder-7e78", &finder_7e78::DEVICE, finder_7e78::REGISTERS);

/// Finder 7M.24.
#[rustfmt::skip]
pub const FINDER_7M24: Model = model("finder-7m24", &finder_7m24::DEVICE, finder_7m24::REGISTERS);

/// Finder 7M.38.
#[rustfmt::skip]
pub const FINDER_7M38: Model = model("finder-7m38", &finder_7m38::DEVICE, finder_7m38::REGISTERS);

/// Garo GNM3D.
#[rustfmt::skip]
pub const GARO_GNM3D: Model = model("garo-gnm3d", &garo_gnm3d::DEVICE, garo_gnm3d::REGISTERS);

/// Inepro PRO380-Mod.
#[rustfmt::skip]
pub const INEPRO_PRO380: Model = model("inepro-pro380", &inepro_pro380::DEVICE, inepro_pro380::REGISTERS);

/// Janitza B23.
#[rustfmt::skip]
pub const JANITZA_B23: Model = model("janitza-b23", &janitza_b23::DEVICE, janitza_b23::REGISTERS);

/// Janitza UMG 104.
#[rustfmt::skip]
pub const JANITZA_UMG104: Model = model("janitza-umg104", &janitza_umg104::DEVICE, janitza_umg104::REGISTERS);

/// Janitza UMG 511.
#[rustfmt::skip]
pub const JANITZA_UMG511: Model = model("janitza-umg511", &janitza_umg511::DEVICE, janitza_umg511::REGISTERS);

/// Janitza UMG 801.
#[rustfmt::skip]
pub const JANITZA_UMG801: Model = model("janitza-umg801", &janitza_umg801::DEVICE, janitza_umg801::REGISTERS);

/// Janitza UMG 806.
#[rustfmt::skip]
pub const JANITZA_UMG806: Model = model("janitza-umg806", &janitza_umg806::DEVICE, janitza_umg806::REGISTERS);

/// Janitza UMG 96RM-E.
#[rustfmt::skip]
pub const JANITZA_UMG96RM_E: Model = model("janitza-umg96rm-e", &janitza_umg96rm_e::DEVICE, janitza_umg96rm_e::REGISTERS);

/// Kamstrup MULTICAL 601/602/801 Modbus module (legacy datagram).
#[rustfmt::skip]
pub const KAMSTRUP_6XX_LEGACY: Model = model("kamstrup-6xx-legacy", &kamstrup_6xx_legacy::DEVICE, kamstrup_6xx_legacy::REGISTERS);

/// Kamstrup MULTICAL 403/603/803 HC-003-67 (default datagram 300).
#[rustfmt::skip]
pub const KAMSTRUP_XX3_DEFAULT: Model = model("kamstrup-xx3-default", &kamstrup_xx3_default::DEVICE, kamstrup_xx3_default::REGISTERS);

/// KDK Dornscheidt 2PU CT.
#[rustfmt::skip]
pub const KDK_2PU_CT: Model = model("kdk-2pu-ct", &kdk_2pu_ct::DEVICE, kdk_2pu_ct::REGISTERS);

/// Lovato DMG610.
#[rustfmt::skip]
pub const LOVATO_DMG610: Model = model("lovato-dmg610", &lovato_dmg610::DEVICE, lovato_dmg610::REGISTERS);

/// ONICON System-10 BTU meter.
#[rustfmt::skip]
pub const ONICON_SYSTEM_10: Model = model("onicon-system-10", &onicon_system_10::DEVICE, onicon_system_10::REGISTERS);

/// ORNO OR-WE-516/OR-WE-517.
#[rustfmt::skip]
pub const ORNO_WE_516_517: Model = model("orno-we-516-517", &orno_we_516_517::DEVICE, orno_we_516_517::REGISTERS);

/// ORNO OR-WE-525/OR-WE-526.
#[rustfmt::skip]
pub const ORNO_WE_525_526: Model = model("orno-we-525-526", &orno_we_525_526::DEVICE, orno_we_525_526::REGISTERS);

/// Peacefair PZEM-014/PZEM-016.
#[rustfmt::skip]
pub const PEACEFAIR_PZEM_016: Model = model("peacefair-pzem-016", &peacefair_pzem_016::DEVICE, peacefair_pzem_016::REGISTERS);

/// Phoenix Contact EEM-350-D-MCB.
#[rustfmt::skip]
pub const PHOENIX_CONTACT_EEM_350: Model = model("phoenix-contact-eem-350", &phoenix_contact_eem_350::DEVICE, phoenix_contact_eem_350::REGISTERS);

/// Phoenix Contact EEM-EM357/EEM-EM377.
#[rustfmt::skip]
pub const PHOENIX_CONTACT_EEM_EM377: Model = model("phoenix-contact-eem-em377", &phoenix_contact_eem_em377::DEVICE, phoenix_contact_eem_em377::REGISTERS);

/// Phoenix Contact EMpro EEM-MA (OpenEMS map).
#[rustfmt::skip]
pub const PHOENIX_CONTACT_EEM_MA: Model = model("phoenix-contact-eem-ma", &phoenix_contact_eem_ma::DEVICE, phoenix_contact_eem_ma::REGISTERS);

/// PQ Plus UMD 96.
#[rustfmt::skip]
pub const PQPLUS_UMD96: Model = model("pqplus-umd96", &pqplus_umd96::DEVICE, pqplus_umd96::REGISTERS);

/// PQ Plus UMD 97.
#[rustfmt::skip]
pub const PQPLUS_UMD97: Model = model("pqplus-umd97", &pqplus_umd97::DEVICE, pqplus_umd97::REGISTERS);

/// Saia-Burgess ALE3.
#[rustfmt::skip]
pub const SAIA_ALE3: Model = model("saia-ale3", &saia_ale3::DEVICE, saia_ale3::REGISTERS);

/// Schneider Acti 9 Smartlink.
#[rustfmt::skip]
pub const SCHNEIDER_ACTI9_SMARTLINK: Model = model("schneider-acti9-smartlink", &schneider_acti9_smartlink::DEVICE, schneider_acti9_smartlink::REGISTERS);

/// Schneider iEM3100/iEM3200/iEM3300 (iEM3155, iEM3255, iEM3355).
#[rustfmt::skip]
pub const SCHNEIDER_IEM3000: Model = model("schneider-iem3000", &schneider_iem3000::DEVICE, schneider_iem3000::REGISTERS);

/// Schneider PM3200/PM3250/PM3255.
#[rustfmt::skip]
pub const SCHNEIDER_PM3200: Model = model("schneider-pm3200", &schneider_pm3200::DEVICE, schneider_pm3200::REGISTERS);

/// Siemens 7KT1665/7KT1666.
#[rustfmt::skip]
pub const SIEMENS_7KT1665: Model = model("siemens-7kt1665", &siemens_7kt1665::DEVICE, siemens_7kt1665::REGISTERS);

/// Siemens SENTRON 7KT PAC1600.
#[rustfmt::skip]
pub const SIEMENS_PAC1600: Model = model("siemens-pac1600", &siemens_pac1600::DEVICE, siemens_pac1600::REGISTERS);

/// Siemens SENTRON PAC2200.
#[rustfmt::skip]
pub const SIEMENS_PAC2200: Model = model("siemens-pac2200", &siemens_pac2200::DEVICE, siemens_pac2200::REGISTERS);

/// Siemens SENTRON PAC3200.
#[rustfmt::skip]
pub const SIEMENS_PAC3200: Model = model("siemens-pac3200", &siemens_pac3200::DEVICE, siemens_pac3200::REGISTERS);

/// Siemens SICAM T 7KG966.
#[rustfmt::skip]
pub const SIEMENS_SICAM_T: Model = model("siemens-sicam-t", &siemens_sicam_t::DEVICE, siemens_sicam_t::REGISTERS);

/// Sinotimer DTS6619.
#[rustfmt::skip]
pub const SINOTIMER_DTS6619: Model = model("sinotimer-dts6619", &sinotimer_dts6619::DEVICE, sinotimer_dts6619::REGISTERS);

/// Socomec COUNTIS E14.
#[rustfmt::skip]
pub const SOCOMEC_COUNTIS_E14: Model = model("socomec-countis-e14", &socomec_countis_e14::DEVICE, socomec_countis_e14::REGISTERS);

/// Socomec COUNTIS E34/E44.
#[rustfmt::skip]
pub const SOCOMEC_COUNTIS_E34: Model = model("socomec-countis-e34", &socomec_countis_e34::DEVICE, socomec_countis_e34::REGISTERS);

/// Socomec DIRIS A10.
#[rustfmt::skip]
pub const SOCOMEC_DIRIS_A10: Model = model("socomec-diris-a10", &socomec_diris_a10::DEVICE, socomec_diris_a10::REGISTERS);

/// Socomec DIRIS A14.
#[rustfmt::skip]
pub const SOCOMEC_DIRIS_A14: Model = model("socomec-diris-a14", &socomec_diris_a14::DEVICE, socomec_diris_a14::REGISTERS);

/// Socomec DIRIS B30.
#[rustfmt::skip]
pub const SOCOMEC_DIRIS_B30: Model = model("socomec-diris-b30", &socomec_diris_b30::DEVICE, socomec_diris_b30::REGISTERS);

/// solvimus M-Bus/Modbus gateway server (test mode).
#[rustfmt::skip]
pub const SOLVIMUS_GATEWAY_SERVER: Model = model("solvimus-gateway-server", &solvimus_gateway_server::DEVICE, solvimus_gateway_server::REGISTERS);

/// Sontex Supercal 531.
#[rustfmt::skip]
pub const SONTEX_SUPERCAL_531: Model = model("sontex-supercal-531", &sontex_supercal_531::DEVICE, sontex_supercal_531::REGISTERS);

/// SunSpec model 1 Common.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_1: Model = model("sunspec-model-1", &sunspec_model_1::DEVICE, sunspec_model_1::REGISTERS);

/// SunSpec model 101 Inverter single phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_101: Model = model("sunspec-model-101", &sunspec_model_101::DEVICE, sunspec_model_101::REGISTERS);

/// SunSpec model 102 Inverter split phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_102: Model = model("sunspec-model-102", &sunspec_model_102::DEVICE, sunspec_model_102::REGISTERS);

/// SunSpec model 103 Inverter three phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_103: Model = model("sunspec-model-103", &sunspec_model_103::DEVICE, sunspec_model_103::REGISTERS);

/// SunSpec model 111 Inverter single phase (float).
#[rustfmt::skip]
pub const SUNSPEC_MODEL_111: Model = model("sunspec-model-111", &sunspec_model_111::DEVICE, sunspec_model_111::REGISTERS);

/// SunSpec model 112 Inverter split phase (float).
#[rustfmt::skip]
pub const SUNSPEC_MODEL_112: Model = model("sunspec-model-112", &sunspec_model_112::DEVICE, sunspec_model_112::REGISTERS);

/// SunSpec model 113 Inverter three phase (float).
#[rustfmt::skip]
pub const SUNSPEC_MODEL_113: Model = model("sunspec-model-113", &sunspec_model_113::DEVICE, sunspec_model_113::REGISTERS);

/// SunSpec model 120 Nameplate.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_120: Model = model("sunspec-model-120", &sunspec_model_120::DEVICE, sunspec_model_120::REGISTERS);

/// SunSpec model 160 Multiple MPPT.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_160: Model = model("sunspec-model-160", &sunspec_model_160::DEVICE, sunspec_model_160::REGISTERS);

/// SunSpec model 201 Meter single phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_201: Model = model("sunspec-model-201", &sunspec_model_201::DEVICE, sunspec_model_201::REGISTERS);

/// SunSpec model 202 Meter split phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_202: Model = model("sunspec-model-202", &sunspec_model_202::DEVICE, sunspec_model_202::REGISTERS);

/// SunSpec model 203 Meter wye three phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_203: Model = model("sunspec-model-203", &sunspec_model_203::DEVICE, sunspec_model_203::REGISTERS);

/// SunSpec model 204 Meter delta three phase.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_204: Model = model("sunspec-model-204", &sunspec_model_204::DEVICE, sunspec_model_204::REGISTERS);

/// SunSpec model 211 Meter single phase (float).
#[rustfmt::skip]
pub const SUNSPEC_MODEL_211: Model = model("sunspec-model-211", &sunspec_model_211::DEVICE, sunspec_model_211::REGISTERS);

/// SunSpec model 212 Meter split phase (float).
#[rustfmt::skip]
pub const SUNSPEC_MODEL_212: Model = model("sunspec-model-212", &sunspec_model_212::DEVICE, sunspec_model_212::REGISTERS);

/// SunSpec model 214 Meter delta three phase (float).
#[rustfmt::skip]
pub const SUNSPEC_MODEL_214: Model = model("sunspec-model-214", &sunspec_model_214::DEVICE, sunspec_model_214::REGISTERS);

/// SunSpec model 802 Battery base.
#[rustfmt::skip]
pub const SUNSPEC_MODEL_802: Model = model("sunspec-model-802", &sunspec_model_802::DEVICE, sunspec_model_802::REGISTERS);

/// Weidmueller Energy Meter 525/550.
#[rustfmt::skip]
pub const WEIDMUELLER_EM525: Model = model("weidmueller-em525", &weidmueller_em525::DEVICE, weidmueller_em525::REGISTERS);

/// Wiren Board WB-MAP3E.
#[rustfmt::skip]
pub const WIRENBOARD_WB_MAP3E: Model = model("wirenboard-wb-map3e", &wirenboard_wb_map3e::DEVICE, wirenboard_wb_map3e::REGISTERS);

/// Ziehl EFR4001IP.
#[rustfmt::skip]
pub const ZIEHL_EFR4001IP: Model = model("ziehl-efr4001ip", &ziehl_efr4001ip::DEVICE, ziehl_efr4001ip::REGISTERS);

/// Every model, sorted by name.
pub(super) static ALL: &[Model] = &[
    ABB_B23_B24,
    ACREL_ADW300,
    ALGODUE_UPM209,
    AQUAMETRO_CALEC_ST,
    ARTEMES_AM2,
    BERNECKER_MPM3PM,
    BGETECH_DS100,
    BGETECH_WS100,
    CAMILLE_BAUER_APLUS,
    CARLO_GAVAZZI_EM24_E1,
    CARLO_GAVAZZI_EM340,
    CHINT_DTSU666,
    DZG_DVH4013,
    EASTRON_SDM120,
    EASTRON_SDM220,
    EASTRON_SDM230,
    EASTRON_SDM54,
    EASTRON_SDM630,
    EASTRON_SDM72D_M_V2,
    EASTRON_SMART_X96_1A,
    EIG_SHARK_100,
    ELTAKO_DSZ15DZMOD,
    FINDER_7E78,
    FINDER_7M24,
    FINDER_7M38,
    GARO_GNM3D,
    INEPRO_PRO380,
    JANITZA_B23,
    JANITZA_UMG104,
    JANITZA_UMG511,
    JANITZA_UMG801,
    JANITZA_UMG806,
    JANITZA_UMG96RM_E,
    KAMSTRUP_6XX_LEGACY,
    KAMSTRUP_XX3_DEFAULT,
    KDK_2PU_CT,
    LOVATO_DMG610,
    ONICON_SYSTEM_10,
    ORNO_WE_516_517,
    ORNO_WE_525_526,
    PEACEFAIR_PZEM_016,
    PHOENIX_CONTACT_EEM_350,
    PHOENIX_CONTACT_EEM_EM377,
    PHOENIX_CONTACT_EEM_MA,
    PQPLUS_UMD96,
    PQPLUS_UMD97,
    SAIA_ALE3,
    SCHNEIDER_ACTI9_SMARTLINK,
    SCHNEIDER_IEM3000,
    SCHNEIDER_PM3200,
    SIEMENS_7KT1665,
    SIEMENS_PAC1600,
    SIEMENS_PAC2200,
    SIEMENS_PAC3200,
    SIEMENS_SICAM_T,
    SINOTIMER_DTS6619,
    SOCOMEC_COUNTIS_E14,
    SOCOMEC_COUNTIS_E34,
    SOCOMEC_DIRIS_A10,
    SOCOMEC_DIRIS_A14,
    SOCOMEC_DIRIS_B30,
    SOLVIMUS_GATEWAY_SERVER,
    SONTEX_SUPERCAL_531,
    SUNSPEC_MODEL_1,
    SUNSPEC_MODEL_101,
    SUNSPEC_MODEL_102,
    SUNSPEC_MODEL_103,
    SUNSPEC_MODEL_111,
    SUNSPEC_MODEL_112,
    SUNSPEC_MODEL_113,
    SUNSPEC_MODEL_120,
    SUNSPEC_MODEL_160,
    SUNSPEC_MODEL_201,
    SUNSPEC_MODEL_202,
    SUNSPEC_MODEL_203,
    SUNSPEC_MODEL_204,
    SUNSPEC_MODEL_211,
    SUNSPEC_MODEL_212,
    SUNSPEC_MODEL_214,
    SUNSPEC_MODEL_802,
    WEIDMUELLER_EM525,
    WIRENBOARD_WB_MAP3E,
    ZIEHL_EFR4001IP,
];
