"""The words of outside systems: 办件 records for 政务服务 platforms, and the ports of identity and certificates."""
