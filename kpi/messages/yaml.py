"""What each kind of problem in reading YAML says, in English and Japanese."""

from __future__ import annotations

from typing import Final

YAML: Final[dict[str, dict[str, str]]] = {
    "not-text": {
        "en": "found the character {found}, which no YAML text contains; expected a text file in UTF-8",
        "ja": "文字 {found} は YAML に使えません。UTF-8 のテキストファイルが必要です",
    },
    "yaml-syntax": {
        "en": "the text cannot be read as YAML: {said}",
        "ja": "YAML として読めません: {said_ja}",
    },
    "several-documents": {
        "en": "found a second YAML document; expected one document in a file, without a further '---'",
        "ja": "二つ目の YAML 文書があります。一つのファイルには「---」で区切らず一つの文書だけを書いてください",
    },
    "duplicate-key": {
        "en": "found the key '{key}' again; expected it once, and line {line} has it already",
        "ja": "キー「{key}」が重複しています。{line} 行目にすでにあります",
    },
    "key-not-text": {
        "en": "found {found} as a key, which YAML does not read as text; expected a name, in quotes: {example}",
        "ja": "キーの {found_ja} は YAML では文字列になりません。{example} のように引用符で囲んでください",
    },
    "merge-key": {
        "en": "found the merge key '<<'; expected every key written out in the mapping itself",
        "ja": "マージキー「<<」は使えません。必要なキーをすべて書いてください",
    },
    "yaml-tag": {
        "en": "found the tag '{tag}'; expected a value without a tag, in quotes where it is text",
        "ja": "タグ「{tag}」は使えません。タグなしで書き、文字列は引用符で囲んでください",
    },
    "unknown-alias": {
        "en": "found the alias '*{name}', but no value before it that is marked '&{name}' and complete",
        "ja": "別名「*{name}」がありますが、それより前に「&{name}」の付いた値がありません",
    },
    "too-deep-yaml": {
        "en": "lists and mappings are nested {found} deep; at most {limit} levels are read",
        "ja": "リストとマッピングの入れ子が {found} 段あります。読めるのは {limit} 段までです",
    },
    "too-many-aliases": {
        "en": "found alias number {found}; at most {limit} are read, so write the values out",
        "ja": "{found} 個目の別名があります。読めるのは {limit} 個までです。値をそのまま書いてください",
    },
    "too-many-nodes": {
        "en": "aliases repeat {found} values; at most {limit} are read, so write the values out",
        "ja": "別名が繰り返す値が {found} 個あります。読めるのは {limit} 個までです。値をそのまま書いてください",
    },
}
