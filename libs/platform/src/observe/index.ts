export * from './fault-owner.js';
export * from './log.js';
export * from './metrics.js';
export * from './observer.js';
export * from './operations.listener.js';
export * from './story.js';
