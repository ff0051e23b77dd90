"""The pages of supervision: boards, what stands behind them, and what follows from them."""
