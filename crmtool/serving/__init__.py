"""The development server: builds a workspace's site, serves it on this machine alone, and builds anew on a change."""
