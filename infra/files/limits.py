"""What a file may cost whoever opens it: one set of numbers for every door. Pure: no Django.

How many bytes may be sent is the setting UPLOAD_LIMIT_MB.
"""

# The largest phone cameras make 108 megapixels only on request; an A2 scan at 300 dpi has 35.
MAX_PIXELS = 100_000_000
# Archives: the largest real workbooks unpack to some 200 MB, about 20 : 1; bombs to 1000 : 1.
MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_UNPACKED_RATIO = 200
RATIO_MATTERS_BYTES = 20_000_000
# The process that opens a file: a 100-megapixel picture takes twice 300 MB while it is turned.
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 120
# What the process that rewrites a picture may write.
WRITTEN_BYTES = 400_000_000
