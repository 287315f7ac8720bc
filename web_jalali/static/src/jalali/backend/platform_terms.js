/**
 * Words of the platform that its own Persian translation lacks. The client falls back on any addon's translation of a
 * source text, so naming them here lets `fa.po` supply them.
 */
import { _t } from "@web/core/l10n/translation";

export const PLATFORM_TERMS = [_t("The conversation is empty.")];
