import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { CLOCK } from '../../platform/platform.module.js';
import type { MailTransport } from '../domain/mail-transport.js';
import type { Mail, StoredMail } from '../domain/notice.js';

/** Where mails go that no mail server takes: a table. The same Message-ID lies there once. */
@Injectable()
export class MailboxStore implements MailTransport {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(mail: Mail & { readonly sender: string }): Promise<void> {
    const { institutionId, messageId, recipient, sender, subject, body } = mail;
    const now = await this.clock.now();
    await this.database.inInstitution(institutionId, (tx) =>
      tx.query(
        `insert into mailbox_mail (institution_id, message_id, recipient, sender, subject, body,
           arrived_at)
         values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000)) on conflict do nothing`,
        [institutionId, messageId, recipient, sender, subject, body, now],
      ),
    );
  }

  /** The newest mails of one institution. */
  newest(institutionId: number, rowsMax: number): Promise<StoredMail[]> {
    return this.database.inInstitution(institutionId, (tx) =>
      tx.query<StoredMail>(
        `select message_id as "messageId", recipient, sender, subject, body,
           arrived_at as "arrivedAt"
         from mailbox_mail where institution_id = $1
         order by arrived_at desc, message_id desc limit $2`,
        [institutionId, rowsMax],
      ),
    );
  }
}
