#!/usr/bin/env bash
# Builds one libFuzzer target for each harness. Not tried so far: it needs a Docker engine.
set -euo pipefail

program=$OUT/program
dotnet publish fuzz/Nario.Fuzz -c Release --self-contained --runtime linux-x64 -o "$program"
# In the repository the plain build finds the files that seeds are made of.
plain=fuzz/.out/plain
mkdir -p "$plain"
cp -r "$program/." "$plain"

(
  cd fuzz
  dotnet tool restore
  # The harnesses themselves are not instrumented: their own branches would count as coverage.
  for library in "$program"/Nario.*.dll; do
    [ "$(basename "$library")" = Nario.Fuzz.dll ] || dotnet sharpfuzz "$library"
  done
)

# shellcheck disable=SC2086
$CXX $CXXFLAGS $LIB_FUZZING_ENGINE "$SRC/libfuzzer-dotnet.cc" -o "$OUT/libfuzzer-dotnet"
"$plain/Nario.Fuzz" dictionary > "$OUT/nario.dict"

for name in $("$plain/Nario.Fuzz" list | awk '{ print $1 }'); do
  seeds=$(mktemp -d)
  "$plain/Nario.Fuzz" seeds "$name" "$seeds" > /dev/null
  (cd "$seeds" && zip -q -r "$OUT/${name}_fuzzer_seed_corpus.zip" .)
  cp "$OUT/nario.dict" "$OUT/${name}_fuzzer.dict"
  # ClusterFuzzLite takes for a target what holds this name: LLVMFuzzerTestOneInput.
  cat > "$OUT/${name}_fuzzer" <<TARGET
#!/bin/sh
here=\$(cd "\$(dirname "\$0")" && pwd)
exec "\$here/libfuzzer-dotnet" --target_path="\$here/program/Nario.Fuzz" --target_args="Nario.Fuzz,libfuzzer,$name" "\$@"
TARGET
  chmod +x "$OUT/${name}_fuzzer"
done
