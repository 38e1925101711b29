export * from './article-03-requests.js';
export * from './article-05-transfers.js';
export * from './article-07-one-time-password.js';
export * from './article-08-mail-password.js';
export * from './articles-01-to-03-missing.js';
export * from './parameters.js';
