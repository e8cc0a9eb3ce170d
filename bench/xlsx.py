"""A workbook from a CSV, as Excel writes one: numbers as numbers, texts once and shared.
Usage: xlsx.py IN.csv OUT.xlsx"""
import csv
import re
import sys
import zipfile
from xml.sax.saxutils import escape

NUMBER = re.compile(r'-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?')
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
KIND = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    '_rels/.rels': f'<Relationships {RELS}><Relationship Id="rId1" Type="{KIND}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    'xl/_rels/workbook.xml.rels': f'<Relationships {RELS}>'
    f'<Relationship Id="rId1" Type="{KIND}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{KIND}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    'xl/workbook.xml': f'<workbook {MAIN} xmlns:r="{KIND}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
}


def column(i):
    return chr(65 + i) if i < 26 else column(i // 26 - 1) + column(i % 26)


def main():
    shared = {}
    rows = []
    with open(sys.argv[1], encoding='utf-8') as file:
        for at, row in enumerate(csv.reader(file), 1):
            cells = []
            for i, text in enumerate(row):
                name = f'{column(i)}{at}'
                if NUMBER.fullmatch(text):
                    cells.append(f'<c r="{name}"><v>{text}</v></c>')
                elif text:
                    cells.append(f'<c r="{name}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>')
            rows.append(f'<row r="{at}">{"".join(cells)}</row>')
    texts = ''.join(f'<si><t>{escape(text)}</t></si>' for text in shared)
    parts = dict(PARTS)
    parts['xl/worksheets/sheet1.xml'] = f'<worksheet {MAIN}><sheetData>{"".join(rows)}</sheetData></worksheet>'
    parts['xl/sharedStrings.xml'] = f'<sst {MAIN} count="{len(shared)}" uniqueCount="{len(shared)}">{texts}</sst>'
    with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, HEAD + text)


main()
