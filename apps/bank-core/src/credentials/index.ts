export type { ConfirmationEntry } from './check-confirmation.js';
export type { LoginAttempt } from './check-login.js';
export { CredentialsModule } from './credentials.module.js';
export { CredentialsService } from './credentials.service.js';
export type { Factor } from './domain/credential.js';
export { credentialSentences, type CredentialRefusal } from './domain/credential.refusals.js';
export { otpPlace } from './domain/otp-place.js';
