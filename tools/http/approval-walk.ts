import { Secret, TOTP } from 'otpauth';
import type { Instant } from '#libs/kernel';
import { pause } from '../machine-clock.js';
import { isLanding, type FormBrowser, type Landing } from './form-browser.js';
import { Page } from './page.js';

/** What a holder types. Secrets of the demonstration; they go to bank-core's pages and nowhere else. */
export interface HolderSecrets {
  readonly loginId: string;
  readonly loginPassword: string;
  readonly confirmationPassword: string;
  readonly totpSecretBase32: string;
}

/** A fact of the walk, for whoever shows it: the page and what was done there. */
export type OnPage = (page: Page, act: string) => void;

const PAGES_MAX = 8;
const STEP_MS = 30_000;

/** Fields that only the holder can answer. */
const QUESTIONS = ['password', 'confirmation-password', 'otp'];

/**
 * Walks the approval pages as a holder who agrees: login, all accounts, consent or confirmation.
 * The page says which it is by the ids it carries (oauth.md 4.6). Ends at the client's address.
 */
export async function approve(
  browser: FormBrowser,
  start: URL,
  holder: HolderSecrets,
  now: () => Instant,
  onPage: OnPage = () => undefined,
): Promise<Landing> {
  const times = new Map<string, number>();
  let step = await browser.open(start);
  for (let count = 0; count < PAGES_MAX; count += 1) {
    if (isLanding(step)) return step;
    await hesitate(step, times, now);
    const button = fillAsHolder(step, holder, now);
    onPage(step, button);
    step = await browser.press(step, button);
  }
  throw new Error('The approval pages do not come to an end.');
}

/**
 * The same question again means that an answer was wrong, and wrong ones lock the holder out. Only a
 * one-time password that was used a moment ago is worth one more try: in the next time step.
 */
async function hesitate(page: Page, times: Map<string, number>, now: () => Instant): Promise<void> {
  const question = QUESTIONS.find((id) => page.has(id));
  if (!question) return;
  const asked = (times.get(question) ?? 0) + 1;
  times.set(question, asked);
  if (asked === 1) return;
  if (asked > 2 || !page.has('otp')) {
    throw new Error(`${page.url.pathname} does not accept what was typed: ${page.title}`);
  }
  await pause(STEP_MS - (now() % STEP_MS) + 50);
}

/** Logs in and then goes back to the intermediary from the page that follows. */
export async function refuse(
  browser: FormBrowser,
  start: URL,
  holder: HolderSecrets,
): Promise<Landing> {
  const login = await browser.open(start);
  if (isLanding(login)) return login;
  login.fill('login', holder.loginId).fill('password', holder.loginPassword);
  const next = await browser.press(login, 'submit');
  if (isLanding(next)) return next;
  const end = await browser.press(next, 'cancel');
  if (isLanding(end)) return end;
  throw new Error(`${end.url.pathname} follows the way back instead of the intermediary.`);
}

/** Fills what the page asks for; returns the id of the button that agrees. */
export function fillAsHolder(page: Page, holder: HolderSecrets, now: () => Instant): string {
  if (page.has('password')) {
    page.fill('login', holder.loginId).fill('password', holder.loginPassword);
    return 'submit';
  }
  if (page.has('next')) {
    // In reverse, so that of radio buttons the first one stays: the payer's main account.
    for (const id of page.choices(/^account-\d+$/).reverse()) page.tick(id);
    return 'next';
  }
  if (page.has('confirmation-password')) {
    page.fill('confirmation-password', holder.confirmationPassword);
  }
  if (page.has('otp')) page.fill('otp', oneTimePassword(holder.totpSecretBase32, now()));
  if (page.has('approve')) return 'approve';
  const error = page.text('oauth-error') || page.text('error') || page.title;
  throw new Error(`${page.url.pathname} (${page.status}) offers nothing to agree to: ${error}`);
}

/** RFC 6238 with SHA-1, six digits and steps of 30 s, as authenticator apps make it. */
export function oneTimePassword(secretBase32: string, now: Instant): string {
  return new TOTP({ secret: Secret.fromBase32(secretBase32) }).generate({ timestamp: now });
}
