meta:
  id: marked_samples
  title: Samples whose marks are narrower than the enumeration
  endian: le
-shape: stream
doc: A mark, a sample, and its bytes.
seq:
  - id: mark
    type: u1
    enum: mark
    doc: What comes.
  - id: sample
    type: sample
    doc: A sample.
  - id: body
    size: 4
    -stream: true
    doc: The bytes of the sample.
enums:
  mark:
    -200: below
    -1: none
    7: low
    200: middle
    40000: high
types:
  sample:
    doc: Two marks.
    seq:
      - id: first
        type: s1
        enum: mark
        doc: The mark that is always there.
      - id: second
        type: u2
        enum: mark
        if: first == mark::low
        doc: The mark that is there after a low one.
