/** The gateway of a local installation, as the examples name it. */
export const ISSUER = 'https://gateway.localhost:8443';
