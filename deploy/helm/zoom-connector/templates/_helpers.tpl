{{/* The name of everything in a release, which is also its DNS name. */}}
{{- define "zoom-connector.name" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}{{ printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "zoom-connector.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "zoom-connector.metadata" -}}
labels:
  {{- include "zoom-connector.selector" . | nindent 2 }}
  app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
  app.kubernetes.io/managed-by: {{ .Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end }}

{{- define "zoom-connector.image" -}}
{{- $repository := required "image.repository: name the image of the service" .Values.image.repository -}}
{{- if .Values.image.digest }}{{ printf "%s@%s" $repository .Values.image.digest }}
{{- else }}{{ printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) }}{{ end -}}
{{- end }}

{{/* "true" if hosts of ConnId's framework are served. */}}
{{- define "zoom-connector.hosts" -}}
{{- if dig "connectorServer" "enabled" false .Values.config }}true{{ end -}}
{{- end }}

{{- define "zoom-connector.hostsPort" -}}
{{- dig "connectorServer" "port" 8759 .Values.config -}}
{{- end }}

{{/* The scheme of the service: with server.tls it speaks HTTPS only. */}}
{{- define "zoom-connector.scheme" -}}
{{- if dig "server" "tls" nil .Values.config }}HTTPS{{ else }}HTTP{{ end -}}
{{- end }}

{{/* Refuses an account, "config" or one of its connectors, that lacks what Zoom asks for. "path" is its name. */}}
{{- define "zoom-connector.checkAccount" -}}
{{- if eq (dig "service" "target" "zoom" .account) "zoom" -}}
{{- $client := dig "security" "authenticator" "oauth2ClientCredentials" dict .account -}}
{{- $_ := required (printf "%s.custom.accountId: give the id of the Zoom account" .path) (dig "custom" "accountId" "" .account) -}}
{{- $name := printf "%s.security.authenticator.oauth2ClientCredentials" .path -}}
{{- $_ := required (printf "%s.clientId: give the client id of the application" $name) $client.clientId -}}
{{- if not (kindIs "map" $client.clientSecret) }}{{ fail (printf "%s.clientSecret: name a file of a Secret; values are no place for secrets" $name) }}{{ end -}}
{{- end -}}
{{- end }}

{{/* Refuses values with which the service would not start, or would start and be wrong. */}}
{{- define "zoom-connector.check" -}}
{{- $config := .Values.config -}}
{{- if $config.connectors -}}
{{- range $name, $account := $config.connectors -}}
{{- include "zoom-connector.checkAccount" (dict "path" (printf "config.connectors.%s" $name) "account" $account) -}}
{{- end -}}
{{- else }}{{ include "zoom-connector.checkAccount" (dict "path" "config" "account" $config) }}{{ end -}}
{{- range (regexFindAll "/run/secrets/[^/\"]+" (toJson $config) -1) -}}
{{- $folder := trimPrefix "/run/secrets/" . -}}
{{- if not (hasKey $.Values.secrets $folder) }}{{ fail (printf "secrets.%s: name the Secret whose keys are the files below %s" $folder .) }}{{ end -}}
{{- end -}}
{{- $authentication := default dict (dig "server" "authentication" dict $config) -}}
{{- if not (or $authentication.bearerTokens $authentication.jwt) }}{{ fail "config.server.authentication: give bearerTokens (name, sha256, scopes) or jwt; the service refuses to listen on the network without" }}{{ end -}}
{{- range list "host" "port" -}}
{{- if hasKey (default dict $config.server) . }}{{ fail (printf "config.server.%s: the image sets it" .) }}{{ end -}}
{{- end -}}
{{- if and (gt (int .Values.replicas) 1) (not (dig "state" "redisUrl" nil $config)) }}{{ fail "replicas: several replicas need Redis: set config.state.redisUrl" }}{{ end -}}
{{- if include "zoom-connector.hosts" . -}}
{{- if has (dig "connectorServer" "host" "127.0.0.1" $config) (list "127.0.0.1" "localhost" "::1") }}{{ fail "config.connectorServer.host: hosts reach the pod with 0.0.0.0 only; it needs tls and keys then" }}{{ end -}}
{{- end -}}
{{- with .Values.networkPolicy -}}
{{- if .enabled -}}
{{- if not .namespaces }}{{ fail "networkPolicy.namespaces: name the namespaces that may call the service, or set networkPolicy.enabled to false" }}{{ end -}}
{{- if and (dig "state" "redisUrl" nil $config) (not .redis) }}{{ fail "networkPolicy.redis: say where Redis is" }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end }}
