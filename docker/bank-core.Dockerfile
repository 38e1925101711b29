# bank-core. The build stage installs and compiles; the image runs what was compiled and installs nothing (T-33).
FROM node:24.21-bookworm-slim AS build
WORKDIR /renkei
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=optional
COPY tsconfig.json ./
COPY apps ./apps
COPY libs ./libs
COPY tools ./tools
RUN node node_modules/typescript-native/bin/tsc -p . && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24.21-bookworm-slim
ENV NODE_ENV=production RENKEI_ENV=production
WORKDIR /renkei
COPY --from=build /renkei/package.json ./
COPY --from=build /renkei/node_modules ./node_modules
COPY --from=build /renkei/dist ./dist
USER node
EXPOSE 8444 8445 8448 9100
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "dist/tools/commands/probe.js", "bank-core"]
CMD ["node", "dist/apps/bank-core/src/main.js"]
