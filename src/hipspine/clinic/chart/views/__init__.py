"""Pages of the chart: they ask and show; writing is in chart.actions."""
