"""Pages of booking: they ask and show; writing is in booking.actions."""
