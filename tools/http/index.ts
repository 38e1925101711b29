export { approve, fillAsHolder, oneTimePassword, refuse } from './approval-walk.js';
export type { HolderSecrets, OnPage } from './approval-walk.js';
export { FormBrowser, isLanding, type Landing, type Visit } from './form-browser.js';
export { localAgent, localLookup } from './local-agent.js';
export { localFetch, type LocalFetch, type LocalRequest } from './local-fetch.js';
export { Page, type Submission } from './page.js';
