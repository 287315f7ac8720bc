import { Attachment } from "@mail/core/common/attachment_model";
import { patch } from "@web/core/utils/patch";

export const MAIL_SEAMS = [["Attachment", Attachment.prototype, ["monthYear"]]];

/** The month under which a conversation files its attachments. */
export function patchMail() {
    return patch(Attachment.prototype, {
        get monthYear() {
            return super.monthYear && this.create_date.toFormat("MMMM yyyy");
        },
    });
}
