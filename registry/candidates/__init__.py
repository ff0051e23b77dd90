"""The ledger of organisations on their way to registration (拟登记台账, 津民发〔2018〕61号 三（三）).

`acts` is what people do with it, `night` what the system finds by itself; both write. `figures` reads.
"""
