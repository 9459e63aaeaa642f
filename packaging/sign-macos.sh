#!/usr/bin/env bash
# Signing for macOS, with what the environment gives; packaging/CHECKLIST.md says where each comes from.
#
#   packaging/sign-macos.sh keychain           CERTIFICATE (a .p12 in base64) and CERTIFICATE_PASSWORD into a keychain
#   packaging/sign-macos.sh notarise FILE.dmg  signs the image, has Apple look at it, staples the answer to it
set -euo pipefail
case "$1" in
  keychain)
    keychain=$RUNNER_TEMP/signing.keychain-db
    secret=$(uuidgen)
    base64 --decode <<<"$CERTIFICATE" >"$RUNNER_TEMP/certificate.p12"
    security create-keychain -p "$secret" "$keychain"
    security set-keychain-settings -lut 7200 "$keychain"
    security unlock-keychain -p "$secret" "$keychain"
    security import "$RUNNER_TEMP/certificate.p12" -k "$keychain" -P "$CERTIFICATE_PASSWORD" -T /usr/bin/codesign
    security set-key-partition-list -S apple-tool:,apple: -k "$secret" "$keychain" >/dev/null
    security list-keychains -d user -s "$keychain" login.keychain-db
    rm "$RUNNER_TEMP/certificate.p12"
    ;;
  notarise)
    codesign --force --timestamp --sign "$CREDITDESK_APPLE_IDENTITY" "$2"
    xcrun notarytool submit "$2" --wait --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM" --password "$APPLE_APP_PASSWORD"
    xcrun stapler staple "$2"
    spctl --assess --type open --context context:primary-signature "$2"
    ;;
esac
