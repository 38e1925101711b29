export { STARTER_ID, STARTER_ITEMS, STARTER_TITLE } from './domain/starter/index.js';
export { ReviewsModule } from './reviews.module.js';
