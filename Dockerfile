# The image holds the service and no configuration. Mount one at /etc/zoom-connector/connector.json, for example
#
#   docker run --read-only -p 8080:8080 -e ZOOM_CLIENT_SECRET \
#     -v "$PWD/connector.json:/etc/zoom-connector/connector.json:ro" zoom-identity-connector
#
# To be reloaded when it changes, mount its directory instead of the file.
#
# deploy/build-image.sh builds it from a commit, reproducibly. "npm run test:image" carries out the instructions of this
# file without Docker, and stops at one that it does not know: see scripts/image/stages.mjs.

ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --include=dev
COPY tsconfig.json tsconfig.build.json ./
COPY schemas ./schemas
COPY src ./src
RUN npm run build && npm prune --ignore-scripts --omit=dev

FROM ${NODE}
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/schemas ./schemas
COPY --from=build /app/dist ./dist

# A container is reached from outside, so the service listens on all addresses, and starts only with authentication.
# The port is the container's own affair: publish it under another number if needed.
ENV NODE_ENV=production \
    CONNECTOR_SERVER__HOST=0.0.0.0 \
    CONNECTOR_SERVER__PORT=8080
EXPOSE 8080

# By number, so that orchestrators can tell that it is not root. Nothing is written to the file system.
USER 1000:1000

# Plain HTTP first, then HTTPS whoever signed the certificate. Servers that demand client certificates need a probe of
# the orchestrator instead.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "const ask = (scheme) => fetch(scheme + '://127.0.0.1:8080/livez'); ask('http').catch(() => { process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; return ask('https'); }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1));"]

ENTRYPOINT ["node", "dist/main.js"]
CMD ["serve", "--config", "/etc/zoom-connector/connector.json"]
