import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { FastifyReply } from 'fastify';
import { instantForPeople, type Words } from '#libs/ui';
import type { StoredMail } from '../domain/notice.js';

/** Its one style sheet: the page is for looking, at a desk. */
export const MAILBOX_STYLE = `
body { margin: 0 auto; max-width: 48rem; padding: 1rem; line-height: 1.7; color: #1a1a1c;
  font-family: 'Hiragino Sans', 'Yu Gothic', Meiryo, 'Noto Sans CJK JP', sans-serif; }
label, legend { display: block; font-weight: 700; }
input, select, button { font: inherit; min-height: 2.75rem; padding: .25rem .75rem; margin-bottom: 1rem; }
input { width: 100%; box-sizing: border-box; }
article { border: 1px solid #b3b3b3; border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
article h2 { font-size: 1.125rem; margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem 1rem; padding: 0; list-style: none; }
[role='alert'] { color: #ce0000; font-weight: 700; }
:focus-visible { outline: 3px solid #000; outline-offset: 2px; box-shadow: 0 0 0 2px #ffd43d; }
`;

export const STYLE_ADDRESS = '/mailbox/style.css';

interface Shown {
  readonly status: number;
  readonly words: Words;
  readonly body: ReactNode;
}

/** No script, no frame, nothing from elsewhere (T-06). */
export function sendMailboxPage(reply: FastifyReply, { status, words, body }: Shown): void {
  const policy = `default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
  const page = (
    <html lang={words.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{words('mailbox.title')}</title>
        <link rel="stylesheet" href={STYLE_ADDRESS} />
      </head>
      <body>
        <h1>{words('mailbox.title')}</h1>
        {body}
      </body>
    </html>
  );
  void reply
    .status(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', policy)
    .header('referrer-policy', 'same-origin')
    .send(`<!DOCTYPE html>${renderToStaticMarkup(page)}`);
}

export function DoorPage({ words, wrong }: { words: Words; wrong: boolean }) {
  return (
    <>
      <p>{words('mailbox.lead')}</p>
      {wrong ? <p role="alert">{words('mailbox.wrong')}</p> : null}
      <form method="post" action="/mailbox">
        <label htmlFor="staff">{words('mailbox.staff')}</label>
        <input id="staff" name="staff" type="email" autoComplete="username" required />
        <label htmlFor="password">{words('mailbox.password')}</label>
        <input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <label htmlFor="code">{words('mailbox.code')}</label>
        <input
          id="code"
          name="code"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          required
        />
        <button id="submit" type="submit">
          {words('mailbox.open')}
        </button>
      </form>
    </>
  );
}

interface MailsProps {
  readonly words: Words;
  readonly institutions: readonly { readonly bankCode: string; readonly name: string }[];
  readonly chosen: string;
  readonly mails: readonly StoredMail[];
}

export function MailsPage({ words, institutions, chosen, mails }: MailsProps) {
  return (
    <>
      <nav aria-label={words('mailbox.institution')}>
        <ul>
          {institutions.map(({ bankCode, name }) => (
            <li key={bankCode}>
              <a
                href={`/mailbox?bank=${bankCode}`}
                aria-current={bankCode === chosen ? 'page' : undefined}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form method="post" action="/mailbox/close">
        <button type="submit">{words('mailbox.close')}</button>
      </form>
      {mails.length === 0 ? <p>{words('mailbox.empty')}</p> : null}
      {mails.map((mail) => (
        <article key={mail.messageId} id={mail.messageId.slice(1, 31)}>
          <h2>{mail.subject}</h2>
          <p>
            {instantForPeople(mail.arrivedAt, words.language)} {words('mailbox.to')}:{' '}
            {mail.recipient}
          </p>
          <pre>{mail.body}</pre>
        </article>
      ))}
    </>
  );
}
