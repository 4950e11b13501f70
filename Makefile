# Everything a developer does here. `make` alone lists it.

GO ?= go
# The tools lie in a module of their own, so that the service does not depend on them.
TOOL = $(GO) tool -modfile=.ci/go.mod
# The race detector needs a C compiler; without one the tests run without it.
RACE = $$(command -v $$($(GO) env CC) >/dev/null && echo -race || echo "no C compiler here: without the race detector" >&2)
FILES = $$(git ls-files -co --exclude-standard '*.go')

.PHONY: help run build test check bench chaos eval fmt lint vuln readme

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build the service, make what it needs in ./linkline-data, and serve
	@bin/linkline init
	@exec bin/linkline serve

build: ## build the program into bin/
	@$(GO) build -trimpath -o bin/linkline ./cmd/linkline

test: ## run every test with the race detector, and say what was skipped
	@$(GO) test $(RACE) -timeout 15m -json ./... | $(GO) -C .ci run ./report

check: ## format, linter, known vulnerabilities, the README's commands
	@$(MAKE) --no-print-directory lint vuln readme

bench: ## turns per second, and a turn beside bare bbolt
	@$(GO) run ./cmd/simulate bench

chaos: ## three replicas on one PostgreSQL, killed, paused and cut off for ten minutes
	@LINKLINE_CHAOS=10m $(GO) test -count=1 ./cmd/simulate -run '^TestReplicas$$' -timeout 30m -v

eval: ## how well replies are read and cries found, with the misses listed
	@$(GO) test -count=1 -run '^TestEval$$' -v ./conversation/reading/readingtest -misses=all | grep -v '^=== \|^---'
	@$(GO) test -count=1 -run '^TestEval$$' -v ./conversation/safety | grep -v '^=== \|^---'

fmt: ## format the code
	@$(TOOL) gofumpt -w $(FILES)

lint:
	@unformatted="$$($(TOOL) gofumpt -l $(FILES))"; \
		if [ -n "$$unformatted" ]; then echo "make fmt would change:"; echo "$$unformatted"; exit 1; fi
	@$(TOOL) golangci-lint run ./...
	@$(GO) mod tidy -diff

vuln:
	@GO="$(GO)" sh .ci/vuln

readme:
	@$(GO) -C .ci test ./report
	@$(GO) test -count=1 -run 'TestReadme' ./cmd/linkline
