/** Every migration of the gateway in order; never edited once released. Run by the owner role. */
export const migrations: (new () => object)[] = [];
