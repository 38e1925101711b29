export * from './assert.js';
export * from './civil-date.js';
export * from './clock.js';
export * from './ids.js';
export * from './result.js';
export * from './yen.js';
