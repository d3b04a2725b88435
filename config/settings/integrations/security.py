"""Security headers, the same in every environment.

The public site needs no inline script or style, so none is allowed. The Wagtail admin does, and has
a policy of its own, which `cms.middleware.admin_policy` sets; it too loads nothing from elsewhere.
"""

from csp.constants import NONE, SELF, UNSAFE_INLINE

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],  # Wagtail's preview panel frames the site
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "img-src": [SELF, "data:", "blob:"],  # an upload is shown before it is sent
    "script-src": [SELF, UNSAFE_INLINE],  # choosers and some lists carry inline scripts (Wagtail 8)
    "style-src": [SELF, UNSAFE_INLINE],  # the rich text editor positions its toolbars
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # wants DENY, but the preview panel frames the site

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.views.errors.csrf_failure"
